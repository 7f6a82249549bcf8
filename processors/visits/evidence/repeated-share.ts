/** How many positions there are, and how many of them repeat another one or a known place to the last digit. */
export interface RepeatedPositions {
  readonly measured: number
  readonly repeated: number
}

/** Of too few positions nothing can be said. */
const POSITIONS_MIN = 50

/** The share of the organisation's positions that repeat; null: there are too few. */
export function repeatedShare({ measured, repeated }: RepeatedPositions): number | null {
  return measured < POSITIONS_MIN ? null : repeated / measured
}
