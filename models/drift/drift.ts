import type { BlockSeries } from './block-series.ts'
import type { Shift } from './level-shift.ts'
import { referencesFrom, type Reference } from './reference.ts'
import type { WatchedStream } from './watched-stream.ts'

/** A stretch of the stream without a drift, and the series as its first blocks define them. */
export interface Regime {
  readonly from: number
  readonly series: readonly BlockSeries[]
  readonly references: readonly ((to: number) => Reference)[]
}

/** The series of a regime; `undefined`: nothing can be watched from there. */
export type RegimeSeries = readonly BlockSeries[] | undefined

/** A regime whose series begin with that block. */
export function regimeOf({ places, periods }: WatchedStream, series: readonly BlockSeries[], from: number): Regime {
  return { from, series, references: series.map((one) => referencesFrom(one, from, places, periods)) }
}

export interface FoundShift extends Shift {
  /** Of its regime's series. */
  readonly index: number
}

/** A drift; blocks are counted from the beginning of the stream. */
export interface Drift {
  readonly regime: Regime
  /** All blocks before this one had been seen when the alarm was raised. */
  readonly foundAt: number
  /** The recent blocks that raised it, and those that they were compared with. */
  readonly recentFrom: number
  readonly referenceTo: number
  /** The first block of the drift, estimated when the alarm was raised. */
  readonly onset: number
  /** The one that raised the alarm first; then whatever else had changed by the time that the stream was steady again. */
  readonly evidence: readonly FoundShift[]
  /** The first block of a steady stretch after it; not given: there was none before the end. */
  readonly settledAt: number | undefined
  /** The drift's reference had a trend already: it goes on rather than begins. */
  readonly isIncremental: boolean
  /** The stretch after it is like the regime that began with this block; where that is its own, the drift passed. */
  readonly returnsTo: number | undefined
}

export type Alarm = Omit<Drift, 'isIncremental' | 'settledAt' | 'returnsTo'>
