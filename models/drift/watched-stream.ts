import type { Blocks } from './block-series.ts'

/** The stream as drift detection sees it: blocks of the same number of rows, in order of time. A last part is left out. */
export interface WatchedStream {
  readonly blocks: number
  /** Rows a block. */
  readonly blockRows: number
  /** Where each block is: its time, or its number. Cycles are looked for on this axis. */
  readonly places: Float64Array
  /** Lengths of cycles that are likely, on the same axis. */
  readonly periods: readonly number[]
}

/** Blocks of a window: a finer step shortens the delay, and costs time. */
export const WINDOW_BLOCKS = 10
/** What later blocks are compared with is two windows long at least. */
export const REFERENCE_BLOCKS = 2 * WINDOW_BLOCKS

/** Lengths of the runs of recent blocks that are compared with the reference: short for large drifts, long for small ones. */
export const RUN_LENGTHS = [1, 2, 5, 10, 20]

/** Effects below a tenth of a standard deviation concern nobody. */
export const EFFECT_MIN = 0.1

/** The rows of a window where nobody says how many: a twentieth of the stream, from 100 to 1,000. */
export function usualWindow(rows: number): number {
  return Math.max(100, Math.min(1_000, Math.round(rows / 200) * 10))
}

/** A window of `window` rows, made of whole blocks. */
export function watchedStream(rows: number, window: number, times?: Float64Array): WatchedStream {
  const blockRows = Math.max(1, Math.round(window / WINDOW_BLOCKS))
  const blocks = Math.floor(rows / blockRows)
  const places = Float64Array.from({ length: blocks }, (_, block) =>
    times === undefined ? block : (times[block * blockRows]! + times[(block + 1) * blockRows - 1]!) / 2,
  )
  return { blocks, blockRows, places, periods: [] }
}

/** The blocks of the stream for a series that begins with that block. */
export function blocksFrom({ blocks, blockRows }: WatchedStream, from: number): Blocks {
  return { count: blocks, rows: blockRows, from }
}

/** How many tests a series goes through over the whole stream. */
export function testsOf({ blocks }: WatchedStream): number {
  return Math.max(1, blocks - REFERENCE_BLOCKS) * RUN_LENGTHS.length
}
