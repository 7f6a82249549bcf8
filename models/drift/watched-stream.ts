import type { Blocks } from './block-series.ts'

/** A stream divided into blocks of equal size in time order. Rows after the last full block are dropped. */
export interface WatchedStream {
  readonly blocks: number
  /** Rows per block. */
  readonly blockRows: number
  /** Position of each block, its time or its number, on the axis on which cycles are searched. */
  readonly positions: Float64Array
  /** Likely lengths of cycles, on the same axis. */
  readonly periods: readonly number[]
}

/** Blocks per window: more of them shorten the detection delay and cost time. */
export const WINDOW_BLOCKS = 10
/** Minimum number of blocks in a reference: two windows. */
export const REFERENCE_BLOCKS = 2 * WINDOW_BLOCKS

/** Lengths of the recent runs compared with the reference, in blocks: short for large drifts, long for small ones. */
export const RUN_LENGTHS = [1, 2, 5, 10, 20]

/** Minimum relevant effect, in standard deviations. */
export const EFFECT_MIN = 0.1

/** Returns the default window size in rows: a twentieth of the stream, from 100 to 1,000. */
export function defaultWindow(rows: number): number {
  return Math.max(100, Math.min(1_000, Math.round(rows / 200) * 10))
}

/** Divides a stream into blocks, `WINDOW_BLOCKS` to a window of about `window` rows. */
export function watchedStream(rows: number, window: number, times?: Float64Array): WatchedStream {
  const blockRows = Math.max(1, Math.round(window / WINDOW_BLOCKS))
  const blocks = Math.floor(rows / blockRows)
  const positions = Float64Array.from({ length: blocks }, (_, block) =>
    times === undefined ? block : (times[block * blockRows]! + times[(block + 1) * blockRows - 1]!) / 2,
  )
  return { blocks, blockRows, positions, periods: [] }
}

/** Returns the block layout of a series that begins with block `from`. */
export function blocksFrom({ blocks, blockRows }: WatchedStream, from: number): Blocks {
  return { count: blocks, rows: blockRows, from }
}

/** Returns how many tests a series goes through over the whole stream. */
export function testsOf({ blocks }: WatchedStream): number {
  return Math.max(1, blocks - REFERENCE_BLOCKS) * RUN_LENGTHS.length
}
