import { unitHash } from '../../string-hash.ts'

/**
 * Draws a candidate with these probabilities, which sum to 1, and returns its index. The draw is a hash of the call’s
 * id: the same call and probabilities give the same candidate, so that every recorded choice can be checked.
 */
export function drawScript(callId: string, propensities: readonly number[]): number {
  const at = unitHash(`script-choice/${callId}`)
  let below = 0
  for (const [place, propensity] of propensities.entries()) {
    below += propensity
    if (at < below) return place
  }
  // The sum may be less than 1 by rounding.
  return propensities.length - 1
}
