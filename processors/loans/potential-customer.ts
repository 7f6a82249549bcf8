import { numericState, type KeyedState } from '../../features/keyed-state.ts'
import type { Reason } from '../../features/reasons.ts'
import { unitHash } from '../../features/string-hash.ts'
import { potentialCustomers } from '../../schemas/loans/potential-customers.ts'
import { message, type Message } from '../../schemas/topic.ts'
import { isExplored, type Selection } from '../models/exploration.ts'

/**
 * The last publication about a potential customer: since when (ms), the estimate, the threshold’s version, a hash of
 * the model.
 */
export const potentialKind = numericState('potential', 4)

/** The propensity of a potential customer who is explored at random. */
export const exploredKind = numericState('explored', 1)

/** Smaller changes of the estimate do not matter to users of the list. */
const MATERIAL = 0.02

export interface PotentialDecision {
  readonly id: string
  readonly at: number
  readonly source: string
  readonly customerId: string
  readonly selection: Selection
  readonly estimate: number
  readonly threshold: number
  readonly thresholdVersion: number
  readonly modelId: string | null
  /** Computed only if there is something to publish. */
  reasons(): readonly Reason[]
}

/**
 * Returns a message when a customer becomes or ceases to be a potential one, or when the estimate, the threshold, the
 * model or the exploration of a potential customer changes; otherwise `undefined`.
 */
export function potentialCustomer(decisionState: KeyedState, decision: PotentialDecision): Message | undefined {
  const { id, at, source, customerId, selection, estimate, threshold, thresholdVersion, modelId } = decision
  const { acted, propensity } = selection
  const before = decisionState.get(potentialKind, '')
  const model = unitHash(modelId ?? '')
  const since = before?.[0] ?? at
  if (!acted && before === undefined) return undefined
  if (!acted) decisionState.delete(potentialKind, '')
  else {
    const [, lastEstimate, lastVersion, lastModel] = before ?? []
    const same =
      lastVersion === thresholdVersion &&
      lastModel === model &&
      Math.abs(estimate - lastEstimate!) < MATERIAL &&
      (decisionState.get(exploredKind, '')?.[0] ?? 1) === propensity
    if (same) return undefined
    decisionState.put(potentialKind, '', Float64Array.of(since, estimate, thresholdVersion, model))
  }
  keepExplored(decisionState, selection)
  return message(potentialCustomers, {
    id: `${id}/potential`,
    occurredAt: at,
    source,
    customerId,
    potential: acted,
    estimate,
    threshold,
    thresholdVersion,
    modelId,
    since,
    reasons: decision.reasons(),
    explored: isExplored(selection),
    propensity,
  })
}

function keepExplored(decisionState: KeyedState, selection: Selection): void {
  if (isExplored(selection)) decisionState.put(exploredKind, '', Float64Array.of(selection.propensity))
  else if (decisionState.get(exploredKind, '') !== undefined) decisionState.delete(exploredKind, '')
}
