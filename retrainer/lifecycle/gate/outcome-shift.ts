import { binnedNumbers, stabilityIndex } from '../../../models/drift/stability-index.ts'
import type { CurrentScore } from '../../../store/models/current-scores.ts'
import type { OutcomeShift } from './decide.ts'

/**
 * Compares the scores that a challenger gives to current subjects with those in use. `scores` are in the order of
 * `current`. A customer with several subjects moves if any of them does. `undefined` without subjects.
 */
export function outcomeShift(
  current: readonly CurrentScore[],
  scores: Float64Array,
  threshold: number,
): OutcomeShift | undefined {
  if (current.length === 0) return undefined
  const customers = new Set(current.map(({ customerId }) => customerId))
  const moved = new Set(
    current
      .filter(({ probability }, place) => probability >= threshold !== scores[place]! >= threshold)
      .map(({ customerId }) => customerId),
  )
  const inUse = Float64Array.from(current, ({ probability }) => probability)
  return {
    subjects: current.length,
    customers: customers.size,
    moved: moved.size,
    threshold,
    stabilityIndex: stabilityIndex(...binnedNumbers(inUse, scores)),
  }
}
