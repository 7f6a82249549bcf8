import { policyHolds } from '../../../schemas/visits/policy-holds.ts'
import type { Globals, RowContext, ScoredSubject } from '../../processor.ts'
import { VISIT_POLICY } from '../default-policy.ts'

/** The task whose models estimate the probability that a visit is false. */
export const FALSE_VISIT = 'false-visit'

export interface ModelScore {
  readonly modelId: string
  readonly probability: number
}

/**
 * Returns the score of the released model; `null`: there is none, it gave no number, or the circuit breaker holds it.
 */
export function modelScore<F extends RowContext>(
  { probability, modelId }: Pick<ScoredSubject<F>, 'probability' | 'modelId'>,
  globals: Globals,
): ModelScore | null {
  if (probability === null || modelId === null) return null
  if (globals.get(policyHolds, VISIT_POLICY)?.heldModels.includes(modelId) === true) return null
  return { modelId, probability }
}
