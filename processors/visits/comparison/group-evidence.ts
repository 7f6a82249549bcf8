import { lowerBound } from '../../../features/lower-bound.ts'
import type { KnownPlace } from '../../../features/visits/places.ts'
import type { VisitFacts } from '../../../features/visits/visit-facts.ts'
import type { Policy } from '../../../schemas/visits/policies.ts'
import { detectInto } from '../evidence/detect-into.ts'
import { unknownSurroundings, type Neighbourhood, type Surroundings } from '../evidence/detector.ts'
import { hasWeight, settingsOf, type ConfiguredDetector } from '../evidence/evidence-settings.ts'
import type { Evidence } from '../evidence/visit-scores.ts'
import { headerOfCompared, type PublishedEvidence } from '../published-evidence.ts'
import { withoutName, visitsIn, type VisitColumns } from '../evidence/visit-columns.ts'
import type { ChangedMember, Member } from './members.ts'

export interface GroupFacts {
  /** `salesperson`, `device` or `photo`. */
  readonly group: string
  readonly groupKey: string
  /** Visits of the group, in order of time. */
  readonly members: VisitColumns
  /** The visit that changed; `undefined`: examine the whole group again. */
  readonly changed: ChangedMember | undefined
  /** The changed visit as it is now. */
  readonly present: Member | undefined
}

/** The policy’s settings, and how common repeated positions are in the organisation. */
type Applied = Pick<Policy, 'evidence' | 'sharedDevices'> & Pick<Surroundings, 'repeatedPositions'>

/** Detects evidence in a group around the visit that changed, and publishes what differs from before. */
export function groupEvidence(facts: GroupFacts, policy: Applied, published: PublishedEvidence): void {
  const { group, groupKey, members, changed, present } = facts
  // The visit left the group, so all evidence that the group gave on it is withdrawn.
  if (changed?.isGone && changed.before !== null)
    for (const kind of published.kindsOf(changed.visitId))
      published.publish(headerOfCompared(changed.before, groupKey), kind, undefined)
  const moments =
    changed === undefined ? [undefined] : [changed.before, present].filter((one) => one !== null && one !== undefined)
  for (const setting of settingsOf(policy)) {
    if (setting.detector.group !== group) continue
    const isNew = (visit: VisitFacts) => visit === present
    // A detector without weight in the policy can only withdraw what it found before.
    if (!hasWeight(setting) && !published.hasKind(setting.detector.kind)) continue
    const nears = hasWeight(setting)
      ? moments.map((moment) => neighbourhoodOf(setting, moment, members))
      : [all(members)]
    for (const near of nears) publishOne(facts, policy, published, setting, near, isNew)
    // The detector no longer looks at the visit, for example because its position is gone: withdraw what it found
    // before.
    const isMissed = present !== undefined && nears.every(({ visits }) => !visits.includes(present))
    if (isMissed) published.publish(headerOfCompared(present, groupKey), setting.detector.kind, undefined)
  }
}

function all(members: VisitColumns): Neighbourhood {
  return { visits: visitsIn(members), isCompleteFor: () => true }
}

function neighbourhoodOf(
  { detector, parameters }: ConfiguredDetector,
  moment: Member | undefined,
  members: VisitColumns,
): Neighbourhood {
  return moment === undefined || detector.neighbourhood === undefined
    ? all(members)
    : detector.neighbourhood(moment, members, parameters)
}

function publishOne(
  { groupKey }: GroupFacts,
  applied: Applied,
  published: PublishedEvidence,
  setting: ConfiguredDetector,
  { visits: look, isCompleteFor, hasNoEvidence = false }: Neighbourhood,
  isNew: (visit: VisitFacts) => boolean,
): void {
  const { kind, drift = 0 } = setting.detector
  const found = new Map<string, Evidence[]>()
  if (hasWeight(setting) && !hasNoEvidence)
    detectInto(found, setting, look, surroundingsOf(look as readonly Member[], applied))
  if (found.size === 0 && !published.hasKind(kind)) return
  for (const visit of look as readonly Member[]) {
    const one = found.get(visit.visitId)?.[0]
    if ((one === undefined && !published.has(visit.visitId, kind)) || !isCompleteFor(visit)) continue
    published.publish(headerOfCompared(visit, groupKey), kind, one, { isNew: isNew(visit), drift })
  }
}

function surroundingsOf(
  visits: readonly Member[],
  { sharedDevices, repeatedPositions }: Omit<Applied, 'evidence'>,
): Surroundings {
  return {
    ...unknownSurroundings,
    repeatedPositions,
    placesOf(customerId, at): readonly KnownPlace[] {
      if (at === null) return []
      let place = lastUntil(visits, at)
      for (; place >= 0 && visits[place]!.at === at; place--) {
        const { customerId: visited, places } = visits[place]!
        if (visited === customerId && places.length > 0) return places.map(withoutName)
      }
      return []
    },
    isShared: (deviceId) => sharedDevices.includes(deviceId),
  }
}

/** Returns the index of the last visit that is not after `at`; −1: there is none. */
function lastUntil(visits: readonly Member[], at: number): number {
  return lowerBound(visits.length, (place) => visits[place]!.at > at) - 1
}
