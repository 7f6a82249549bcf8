import { numericState, type KeyedState } from '../../features/keyed-state.ts'
import type { Reason } from '../../features/reasons.ts'
import { unitHash } from '../../features/string-hash.ts'
import { potentialCustomers } from '../../schemas/loans/potential-customers.ts'
import { message, type Message } from '../../schemas/topic.ts'

/**
 * The last publication about a potential customer: since when (ms), the estimate, the threshold’s version, a hash of
 * the model.
 */
export const potentialKind = numericState('potential', 4)

/** Smaller changes of the estimate do not matter to users of the list. */
const MATERIAL = 0.02

export interface PotentialDecision {
  readonly id: string
  readonly at: number
  readonly source: string
  readonly customerId: string
  readonly reached: boolean
  readonly estimate: number
  readonly threshold: number
  readonly thresholdVersion: number
  readonly modelId: string | null
  /** Computed only if there is something to publish. */
  reasons(): readonly Reason[]
}

/**
 * Returns a message when a customer becomes or ceases to be a potential one, or when the estimate, the threshold or the
 * model of a potential customer changes; otherwise `undefined`.
 */
export function potentialCustomer(decisionState: KeyedState, decision: PotentialDecision): Message | undefined {
  const { id, at, source, customerId, reached, estimate, threshold, thresholdVersion, modelId } = decision
  const before = decisionState.get(potentialKind, '')
  const model = unitHash(modelId ?? '')
  const since = before?.[0] ?? at
  if (!reached && before === undefined) return undefined
  if (!reached) decisionState.delete(potentialKind, '')
  else {
    const [, lastEstimate, lastVersion, lastModel] = before ?? []
    const same =
      lastVersion === thresholdVersion && lastModel === model && Math.abs(estimate - lastEstimate!) < MATERIAL
    if (same) return undefined
    decisionState.put(potentialKind, '', Float64Array.of(since, estimate, thresholdVersion, model))
  }
  return message(potentialCustomers, {
    id: `${id}/potential`,
    occurredAt: at,
    source,
    customerId,
    potential: reached,
    estimate,
    threshold,
    thresholdVersion,
    modelId,
    since,
    reasons: decision.reasons(),
  })
}
