/** Number of positions, and of those that equal another one or a known place to the last digit. */
export interface RepeatedPositions {
  readonly measured: number
  readonly repeated: number
}

/** Positions needed for a meaningful share. */
const POSITIONS_MIN = 50

/** Returns the share of the organisation's positions that repeat; null: there are too few. */
export function repeatedShare({ measured, repeated }: RepeatedPositions): number | null {
  return measured < POSITIONS_MIN ? null : repeated / measured
}
