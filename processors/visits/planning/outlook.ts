import type { Outlook } from '../../../schemas/visits/outlook.ts'
import type { PlanningWeights } from './default-planning.ts'
import type { OpportunityFacts } from './opportunity-facts.ts'
import { nextAction } from './next-action.ts'
import { urgencyOf } from './urgency.ts'
import { visitReasons } from './visit-reasons.ts'
import { opportunityValue } from './opportunity-value.ts'

/**
 * Returns the probability and the expected value of an open opportunity; `undefined` if it was visited, but no model
 * has scored it, so that it is on no list.
 */
export function outlookOf(
  known: OpportunityFacts,
  weights: PlanningWeights,
): { readonly probability: number; readonly outlook: Outlook } | undefined {
  const isUnvisited = known.lastVisitAt === null
  const probability = isUnvisited ? weights.probabilityIfUnvisited : known.probability
  if (probability === null) return undefined
  const { worthMinor, worthFrom, currency, reason } = opportunityValue(known, weights)
  const urgency = urgencyOf(known, weights)
  // Adding zero turns -0 into 0.
  const expectedValueMinor = Math.round(probability * worthMinor * urgency - weights.visitCostMinor) + 0
  const reasons = [...visitReasons(known), reason]
  if (expectedValueMinor < 0) reasons.push('A visit is expected to cost more than it brings.')
  const outlook: Outlook = {
    visitCount: known.visitCount,
    lastVisitAt: known.lastVisitAt,
    trend: known.trend,
    probabilityAssumed: isUnvisited,
    worthMinor,
    worthFrom,
    currency,
    urgency,
    expectedValueMinor,
    reasons,
    action: nextAction(known),
  }
  return { probability, outlook }
}
