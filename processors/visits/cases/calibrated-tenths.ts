import { poolAdjacentViolators } from '../../../models/evaluation/isotonic.ts'

/** How reviews of visits ended whose score lies in one tenth of 0 to 1. */
export interface TenthDecisions {
  /** 0 to 9. */
  readonly tenth: number
  readonly confirmed: number
  /** Dismissed, or harmless. */
  readonly unfounded: number
}

const TENTHS = 10
/** The score itself counts as much as so many decisions: it holds until there are some, and less with each. */
const PRIOR = 4

/**
 * The probability that a visit is what it is taken for, by tenths of its score: of few decisions drawn towards the
 * score, of many their share, and never falling with the score (isotonic). Whether a visit is reviewed depends on its
 * score alone, so that decisions need no weights.
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
