import { unitHash } from '../../string-hash.ts'

/**
 * The place of the candidate that a call is given, with these probabilities, which sum to 1. The call’s id decides: the
 * same call and probabilities give the same one, so that every choice on record can be checked.
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
