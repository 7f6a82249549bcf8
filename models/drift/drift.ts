import type { BlockSeries } from './block-series.ts'
import type { Shift } from './level-shift.ts'
import { referencesFrom, type Reference } from './reference.ts'
import type { WatchedStream } from './watched-stream.ts'

/** A stretch of the stream without drift, with series defined by its first blocks. */
export interface Regime {
  readonly from: number
  readonly series: readonly BlockSeries[]
  readonly references: readonly ((to: number) => Reference)[]
}

/** Series of a regime; `undefined` if nothing can be monitored from there. */
export type RegimeSeries = readonly BlockSeries[] | undefined

/** Returns the regime of series that begin with block `from`. */
export function regimeOf({ positions, periods }: WatchedStream, series: readonly BlockSeries[], from: number): Regime {
  return { from, series, references: series.map((one) => referencesFrom(one, from, positions, periods)) }
}

export interface FoundShift extends Shift {
  /** Index into the regime's series. */
  readonly index: number
}

/** A detected drift. Block numbers count from the beginning of the stream. */
export interface Drift {
  readonly regime: Regime
  /** Number of blocks seen when the alarm was raised. */
  readonly foundAt: number
  /** First of the recent blocks that raised the alarm, and end (exclusive) of the reference they were compared with. */
  readonly recentFrom: number
  readonly referenceTo: number
  /** First block of the drift, estimated when the alarm was raised. */
  readonly onset: number
  /** The shift that raised the alarm, then those found by the time the stream had settled. */
  readonly evidence: readonly FoundShift[]
  /** First block of a steady stretch after the drift; `undefined` if the stream ended before one. */
  readonly settledAt: number | undefined
  /** Whether the drift is incremental: its reference already had a trend, or a later alarm continued the drift. */
  readonly isIncremental: boolean
  /**
   * First block of the regime that the stretch after the drift resembles; if it is the drift's own, the drift was
   * temporary.
   */
  readonly returnsTo: number | undefined
}

export type Alarm = Omit<Drift, 'isIncremental' | 'settledAt' | 'returnsTo'>
