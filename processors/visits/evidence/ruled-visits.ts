import type { VisitFacts } from '../../../features/visits/visit-facts.ts'
import type { Assessment } from '../../../schemas/visits/assessments.ts'
import type { PolicyRule } from '../../../schemas/visits/policies.ts'
import { assessVisits, POINTS_MAX, type VisitPoint } from '../assess-visits.ts'
import { POLICY_RULE, type Evidence } from './visit-scores.ts'

interface Ruled {
  readonly verdict: Assessment['verdict']
  readonly evidence: Evidence
}

/** A visit as the rules see it. */
export interface RulePoint extends VisitPoint {
  readonly visitId: string
  /** Whether the verdict on this visit is wanted; true by default. */
  readonly isSelected?: boolean
}

/**
 * Applies the rules over visit count and probability to each visit, given those of its opportunity until then. `visits`
 * are in order of time; the result leaves out those that are fine or not asked for.
 */
export function ruledVisits(
  visits: readonly VisitFacts[],
  rules: readonly PolicyRule[],
  isSelected: (visit: VisitFacts) => boolean = () => true,
): ReadonlyMap<string, Ruled> {
  return rules.length === 0 ? new Map() : ruledPoints(rulePoints(visits, isSelected), rules)
}

/** Returns the visits of each opportunity in order of time. */
export function rulePoints(
  visits: readonly VisitFacts[],
  isSelected: (visit: VisitFacts) => boolean = () => true,
): RulePoint[][] {
  const known = visits.filter(({ at, opportunityId }) => at !== null && opportunityId !== null)
  return [...Map.groupBy(known, ({ opportunityId }) => opportunityId!).values()].map((made) =>
    made.map((visit) => ({
      visitId: visit.visitId,
      at: visit.at!,
      probability: visit.probability,
      isSelected: isSelected(visit),
    })),
  )
}

/** Applies the rules to opportunities of which only the points are known. */
export function ruledPoints(
  opportunities: Iterable<readonly RulePoint[]>,
  rules: readonly PolicyRule[],
): ReadonlyMap<string, Ruled> {
  const ruled = new Map<string, Ruled>()
  for (const points of opportunities) {
    for (const [i, { visitId, isSelected: isAsked }] of points.entries()) {
      if (isAsked === false) continue
      const { verdict, reasons } = assessVisits(rules, i + 1, points.slice(Math.max(0, i + 1 - POINTS_MAX), i + 1))
      if (verdict === 'fine') continue
      const text = reasons.map((reason) => reason.text).join(' ')
      ruled.set(visitId, { verdict, evidence: { kind: POLICY_RULE, score: 1, text, with: null } })
    }
  }
  return ruled
}
