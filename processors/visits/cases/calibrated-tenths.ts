import { poolAdjacentViolators } from '../../../models/evaluation/isotonic.ts'

/** Outcomes of reviewed visits whose score lies in one tenth of [0, 1]. */
export interface TenthDecisions {
  /** 0 to 9. */
  readonly tenth: number
  readonly confirmed: number
  /** Decided as dismissed or harmless. */
  readonly unfounded: number
}

const TENTHS = 10
/** Weight of the score itself, in decisions: it counts alone without decisions, and less with each of them. */
const PRIOR = 4

/**
 * Returns the probability that a suspicion is right, by tenths of the score: the share of confirmed decisions, shrunk
 * towards the score while there are few, and made non-decreasing (isotonic regression). Whether a visit is reviewed
 * depends on its score alone, so decisions need no weights.
 */
export function calibratedTenths(decisions: readonly TenthDecisions[]): number[] {
  const values = new Float64Array(TENTHS)
  const weights = new Float64Array(TENTHS)
  for (let tenth = 0; tenth < TENTHS; tenth++) {
    const { confirmed = 0, unfounded = 0 } = decisions.find((one) => one.tenth === tenth) ?? {}
    weights[tenth] = confirmed + unfounded + PRIOR
    values[tenth] = (confirmed + PRIOR * ((tenth + 0.5) / TENTHS)) / weights[tenth]!
  }
  return poolAdjacentViolators(values, weights).flatMap(({ value, from, to }) => Array<number>(to - from).fill(value))
}
