import { firstPlace } from '../../../features/first-place.ts'
import type { KnownPlace } from '../../../features/visits/places.ts'
import type { VisitFacts } from '../../../features/visits/visit-facts.ts'
import type { Policy } from '../../../schemas/visits/policies.ts'
import { detectInto } from '../evidence/detect-into.ts'
import { unknownSurroundings, type Near, type Surroundings } from '../evidence/detector.ts'
import { isWeighed, settingsOf, type SetDetector } from '../evidence/evidence-settings.ts'
import type { Evidence } from '../evidence/visit-scores.ts'
import { aboutCompared, type SaidBefore } from '../say-evidence.ts'
import { nameless, visitsIn, type VisitColumns } from '../evidence/visit-columns.ts'
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
export function groupEvidence(facts: GroupFacts, policy: Applied, said: SaidBefore): void {
  const { group, groupKey, members, changed, present } = facts
  // The visit left the group, so all evidence that the group gave on it is withdrawn.
  if (changed?.isGone && changed.before !== null)
    for (const kind of said.kindsOf(changed.visitId)) said.say(aboutCompared(changed.before, groupKey), kind, undefined)
  const moments =
    changed === undefined ? [undefined] : [changed.before, present].filter((one) => one !== null && one !== undefined)
  for (const setting of settingsOf(policy)) {
    if (setting.detector.group !== group) continue
    const isNew = (visit: VisitFacts) => visit === present
    // A detector without weight in the policy can only withdraw what it found before.
    if (!isWeighed(setting) && !said.hasKind(setting.detector.kind)) continue
    const nears = isWeighed(setting) ? moments.map((moment) => nearOf(setting, moment, members)) : [all(members)]
    for (const near of nears) sayOne(facts, policy, said, setting, near, isNew)
    // The detector no longer looks at the visit, for example because its position is gone: withdraw what it found
    // before.
    const isMissed = present !== undefined && nears.every(({ look }) => !look.includes(present))
    if (isMissed) said.say(aboutCompared(present, groupKey), setting.detector.kind, undefined)
  }
}

function all(members: VisitColumns): Near {
  return { look: visitsIn(members), tells: () => true }
}

function nearOf({ detector, parameters }: SetDetector, moment: Member | undefined, members: VisitColumns): Near {
  return moment === undefined || detector.near === undefined ? all(members) : detector.near(moment, members, parameters)
}

function sayOne(
  { groupKey }: GroupFacts,
  applied: Applied,
  said: SaidBefore,
  setting: SetDetector,
  { look, tells, isQuiet = false }: Near,
  isNew: (visit: VisitFacts) => boolean,
): void {
  const { kind, drift = 0 } = setting.detector
  const found = new Map<string, Evidence[]>()
  if (isWeighed(setting) && !isQuiet)
    detectInto(found, setting, look, surroundingsOf(look as readonly Member[], applied))
  if (found.size === 0 && !said.hasKind(kind)) return
  for (const visit of look as readonly Member[]) {
    const one = found.get(visit.visitId)?.[0]
    if ((one === undefined && !said.has(visit.visitId, kind)) || !tells(visit)) continue
    said.say(aboutCompared(visit, groupKey), kind, one, { isNew: isNew(visit), drift })
  }
}

function surroundingsOf(
  look: readonly Member[],
  { sharedDevices, repeatedPositions }: Omit<Applied, 'evidence'>,
): Surroundings {
  return {
    ...unknownSurroundings,
    repeatedPositions,
    placesOf(customerId, at): readonly KnownPlace[] {
      if (at === null) return []
      let place = lastUntil(look, at)
      for (; place >= 0 && look[place]!.at === at; place--) {
        const { customerId: visited, places } = look[place]!
        if (visited === customerId && places.length > 0) return places.map(nameless)
      }
      return []
    },
    isShared: (deviceId) => sharedDevices.includes(deviceId),
  }
}

/** Returns the index of the last visit that is not after `at`; −1: there is none. */
function lastUntil(look: readonly Member[], at: number): number {
  return firstPlace(look.length, (place) => look[place]!.at > at) - 1
}
