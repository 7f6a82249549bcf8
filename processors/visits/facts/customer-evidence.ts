import type { VisitFacts } from '../../../features/visits/visit-facts.ts'
import { placesAt } from '../../../features/visits/places.ts'
import type { Assessment } from '../../../schemas/visits/assessments.ts'
import type { Policy } from '../../../schemas/visits/policies.ts'
import type { CustomerPlace } from '../../../schemas/visits/places.ts'
import { detectInto } from '../evidence/detect-into.ts'
import { unknownSurroundings, type Surroundings } from '../evidence/detector.ts'
import { ofReports } from '../evidence/of-reports.ts'
import { hasWeight, settingsOf, type ConfiguredDetector } from '../evidence/evidence-settings.ts'
import { ruledVisits } from '../evidence/ruled-visits.ts'
import { POLICY_RULE, type Evidence } from '../evidence/visit-scores.ts'

interface RuledEvidence extends Evidence {
  /** The verdict of the rule, if a rule found it. */
  readonly ruled?: Assessment['verdict']
}

/** The part of a customer's visits that is examined again. */
export interface Scope {
  /** Whether the evidence on this visit alone may have changed. */
  isChanged(visitId: string): boolean
  /** Whether visits are compared with the known places again. */
  readonly places: boolean
  /** Index of the first visit of an opportunity that is examined again; infinite: none. */
  firstExamined(opportunityId: string): number
}

export interface CustomerEvidence {
  readonly of: ReadonlyMap<string, readonly RuledEvidence[]>
  /** Whether evidence of a kind was searched for in the visit. */
  wasExamined(visit: VisitFacts, kind: string): boolean
}

/**
 * Finds evidence among the visits of one customer: the kinds of the groups visit, customer and opportunity, and the
 * rules over visit count and probability. `visits` are in order of time.
 */
export function customerEvidence(
  visits: readonly VisitFacts[],
  places: readonly CustomerPlace[],
  emptyReports: ReadonlySet<string>,
  policy: Pick<Policy, 'rules' | 'evidence'>,
  scope: Scope,
): CustomerEvidence {
  const found = new Map<string, RuledEvidence[]>()
  const surroundings: Surroundings = {
    ...unknownSurroundings,
    placesOf: (_customerId, at) => placesAt(places, at),
  }
  const selected = selectedVisits(visits, scope)
  const changed = visits.filter(({ visitId }) => scope.isChanged(visitId))
  const empty = changed.filter(({ visitId }) => emptyReports.has(visitId))
  const run = (one: ConfiguredDetector, group: readonly VisitFacts[]) => detectInto(found, one, group, surroundings)
  const groups = new Map<string, string>([[POLICY_RULE, 'opportunity']])
  for (const one of settingsOf(policy)) {
    const { group, kind } = one.detector
    groups.set(kind, group)
    if (!hasWeight(one)) continue
    if (ofReports.includes(one.detector)) run(one, empty)
    else if (group === 'visit') run(one, changed)
    else if (group === 'customer' && scope.places) run(one, visits)
    else if (group === 'opportunity') for (const made of selected.opportunities) run(one, made)
  }
  for (const [visitId, { verdict, evidence }] of ruledVisits(visits, policy.rules, selected.isSelected))
    found.set(visitId, [...(found.get(visitId) ?? []), { ...evidence, ruled: verdict }])
  return {
    of: found,
    wasExamined(visit, kind) {
      const group = groups.get(kind)
      if (group === 'opportunity') return selected.isSelected(visit)
      return group === 'customer' ? scope.places : scope.isChanged(visit.visitId)
    },
  }
}

/** Visits before the first examined one that may matter for it. */
const BEFORE_MAX = 100

/** Selects the opportunities and visits to examine: a visit never affects earlier ones. */
function selectedVisits(visits: readonly VisitFacts[], { firstExamined }: Scope) {
  const selected = new Set<VisitFacts>()
  const opportunities: (readonly VisitFacts[])[] = []
  for (const [opportunityId, made] of Map.groupBy(visits, ({ opportunityId: id }) => id!)) {
    const from = firstExamined(opportunityId)
    if (from >= made.length) continue
    for (const visit of made.slice(from)) selected.add(visit)
    opportunities.push(made.slice(Math.max(0, from - BEFORE_MAX)))
  }
  return { opportunities, isSelected: (visit: VisitFacts) => selected.has(visit) }
}
