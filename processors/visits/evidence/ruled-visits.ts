import type { VisitFacts } from '../../../features/visits/visit-facts.ts'
import type { Assessment } from '../../../schemas/visits/assessments.ts'
import type { PolicyRule } from '../../../schemas/visits/policies.ts'
import { assessVisits } from '../assess-visits.ts'
import { POLICY_RULE, type Evidence } from './visit-scores.ts'

interface Ruled {
  readonly verdict: Assessment['verdict']
  readonly evidence: Evidence
}

/** Policies are about recent visits. */
export const POINTS_MAX = 100

/**
 * What the rules over visit count and probability say of each visit, from those of its opportunity until then. `visits`
 * are in order of time; those that are fine, or not asked for, are left out.
 */
export function ruledVisits(
  visits: readonly VisitFacts[],
  rules: readonly PolicyRule[],
  isAsked: (visit: VisitFacts) => boolean = () => true,
): ReadonlyMap<string, Ruled> {
  const ruled = new Map<string, Ruled>()
  if (rules.length === 0) return ruled
  const byOpportunity = Map.groupBy(
    visits.filter(({ at, opportunityId }) => at !== null && opportunityId !== null),
    ({ opportunityId }) => opportunityId!,
  )
  for (const made of byOpportunity.values()) {
    const points = made.map(({ at, probability }) => ({ at: at!, probability }))
    for (const [i, visit] of made.entries()) {
      if (!isAsked(visit)) continue
      const { visitId } = visit
      const { verdict, reasons } = assessVisits(rules, i + 1, points.slice(Math.max(0, i + 1 - POINTS_MAX), i + 1))
      if (verdict === 'fine') continue
      const text = reasons.map((reason) => reason.text).join(' ')
      ruled.set(visitId, { verdict, evidence: { kind: POLICY_RULE, score: 1, text, with: null } })
    }
  }
  return ruled
}
