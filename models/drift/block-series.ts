/** What a series tells of a column or of a model: each is a number a row whose mean is watched. */
export type Measure =
  'location' | 'spread' | 'share' | 'missing rate' | 'unseen categories' | 'label rate' | 'calibration' | 'error'

/**
 * Scores of rows summed by blocks of the stream, as running totals: sums over any run of blocks are differences of two.
 * Block b holds the rows from b × rows a block on; index b of a total is what came before it.
 */
export interface BlockSeries {
  readonly measure: Measure
  /** Which category or class, where the measure is a share of one. */
  readonly of?: string
  /** Scores are 0 and 1: the mean is a share. */
  readonly isShare: boolean
  /** Only a rise is a drift. */
  readonly onlyUp?: boolean
  /** Of a single row; NaN where it has none. */
  readonly score: (row: number) => number
  readonly counts: Float64Array
  readonly sums: Float64Array
  readonly squares: Float64Array
}

/** The blocks that a series is made of. */
export interface Blocks {
  /** Of the whole stream. */
  readonly count: number
  /** Rows a block. */
  readonly rows: number
  /** Those before this one are left at zero. */
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

/** NaN where no row has a score. */
export function meanOf({ counts, sums }: BlockSeries, from: number, to: number): number {
  return (sums[to]! - sums[from]!) / (counts[to]! - counts[from]!)
}

/** Of single rows; a score that was always the same may yet change by one row. */
export function varianceOf(series: BlockSeries, from: number, to: number): number {
  const count = countOf(series, from, to)
  const mean = meanOf(series, from, to)
  return Math.max((series.squares[to]! - series.squares[from]!) / count - mean * mean, 1 / count)
}
