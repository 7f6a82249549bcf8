/** Measures of a column or model. Each is a score per row whose mean is monitored. */
export type Measure =
  'location' | 'spread' | 'share' | 'missing rate' | 'unseen categories' | 'label rate' | 'calibration' | 'error'

/**
 * Row scores as cumulative sums by block, so that the sum over any run of blocks is a difference of two. Block b starts
 * at row b × rows per block; index b of a total covers the blocks before it.
 */
export interface BlockSeries {
  readonly measure: Measure
  /** Category or class, if the measure is a share of one. */
  readonly of?: string
  /** Whether scores are 0 and 1, so that the mean is a share. */
  readonly isShare: boolean
  /** Whether only a rise is a drift. */
  readonly onlyUp?: boolean
  /** Returns the score of a row; NaN if it has none. */
  readonly score: (row: number) => number
  readonly counts: Float64Array
  readonly sums: Float64Array
  readonly squares: Float64Array
}

/** Block layout of a series. */
export interface Blocks {
  /** Number of blocks in the whole stream. */
  readonly count: number
  /** Rows per block. */
  readonly rows: number
  /** First block of the series; totals before it stay at zero. */
  readonly from: number
}

export function blockSeries(
  of: Pick<BlockSeries, 'measure' | 'of' | 'isShare' | 'onlyUp'>,
  blocks: Blocks,
  score: (row: number) => number,
): BlockSeries {
  const counts = new Float64Array(blocks.count + 1)
  const sums = new Float64Array(blocks.count + 1)
  const squares = new Float64Array(blocks.count + 1)
  for (let block = blocks.from; block < blocks.count; block++) {
    let [count, sum, square] = [0, 0, 0]
    for (let row = block * blocks.rows; row < (block + 1) * blocks.rows; row++) {
      const value = score(row)
      if (Number.isNaN(value)) continue
      count++
      sum += value
      square += value * value
    }
    counts[block + 1] = counts[block]! + count
    sums[block + 1] = sums[block]! + sum
    squares[block + 1] = squares[block]! + square
  }
  return { ...of, score, counts, sums, squares }
}

export function countOf({ counts }: BlockSeries, from: number, to: number): number {
  return counts[to]! - counts[from]!
}

/** Returns the mean score of a run of blocks; NaN if no row has a score. */
export function meanOf({ counts, sums }: BlockSeries, from: number, to: number): number {
  return (sums[to]! - sums[from]!) / (counts[to]! - counts[from]!)
}

/**
 * Returns the variance of single rows, at least 1 / count: a score that was constant so far may still change in one
 * row.
 */
export function varianceOf(series: BlockSeries, from: number, to: number): number {
  const count = countOf(series, from, to)
  const mean = meanOf(series, from, to)
  return Math.max((series.squares[to]! - series.squares[from]!) / count - mean * mean, 1 / count)
}
