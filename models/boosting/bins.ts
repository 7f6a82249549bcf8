import type { Dataset } from '../model.ts'
import { random, randomInteger } from '../random.ts'

/** Rows to sample for quantiles; more don't improve them. */
const SAMPLE_ROWS = 50_000

/** Rows that are binned at a time: they stay in the cache. */
const BLOCK_ROWS = 512

/** The first bin of each feature is for missing values. */
export const MISSING_BIN = 0

/** Numbers that a histogram keeps of each bin. */
export const BIN_SUMS = 3

/** How the values of one feature fall into bins 1, 2, …. */
export interface FeatureBins {
  /** With the bin of missing values. */
  readonly count: number
  /**
   * Of numbers: a value is in the first bin whose bound it does not exceed. Ascending Float32, filled up to a power of
   * two with infinity. Of categories `null`: code c is in bin c + 1.
   */
  readonly bounds: Float32Array | null
}

/** Rows as places in a histogram of all bins of all features. */
export interface BinnedRows {
  readonly count: number
  readonly width: number
  readonly features: readonly FeatureBins[]
  /**
   * Where each feature's bins begin in a histogram, `BIN_SUMS` numbers a bin; one more at the end, which is its length.
   */
  readonly starts: Int32Array
  /** Feature after feature, the bin of each row within the feature: `width × count`. */
  readonly columns: Uint8Array
}

/** Learns the bins from those rows alone. At most 255 a feature besides the one for missing values. */
export function fitBins(
  data: Pick<Dataset, 'count' | 'width' | 'rows' | 'categories'>,
  binsMax: number,
): FeatureBins[] {
  const { count, width, rows, categories } = data
  const chosen = sampledRows(count)
  const sample = columnsOf(rows, width, chosen)
  return Array.from({ length: width }, (_, feature) => {
    const names = categories?.[feature]
    if (names !== undefined && names !== null) return { count: Math.min(names.length + 1, 255) + 1, bounds: null }
    const values = sample.subarray(feature * chosen.length, (feature + 1) * chosen.length).sort()
    // NaN comes last.
    let known = values.length
    while (known > 0 && Number.isNaN(values[known - 1])) known--
    const bounds = boundsOf(values.subarray(0, known), binsMax)
    return { count: bounds.length + 1, bounds: filledUp(bounds) }
  })
}

/** Stored by column; read row by row, in memory order. */
function columnsOf(rows: Float32Array, width: number, chosen: Int32Array): Float32Array {
  const columns = new Float32Array(chosen.length * width)
  for (let i = 0; i < chosen.length; i++) {
    const first = chosen[i]! * width
    for (let feature = 0; feature < width; feature++) columns[feature * chosen.length + i] = rows[first + feature]!
  }
  return columns
}

/** The rows in those bins. A category that the bins do not have is missing. */
export function binRows(
  features: readonly FeatureBins[],
  { count, width, rows }: Pick<Dataset, 'count' | 'width' | 'rows'>,
): BinnedRows {
  const starts = new Int32Array(width + 1)
  for (let feature = 0; feature < width; feature++)
    starts[feature + 1] = starts[feature]! + BIN_SUMS * features[feature]!.count
  const columns = new Uint8Array(width * count)
  for (let begin = 0; begin < count; begin += BLOCK_ROWS) {
    const end = Math.min(count, begin + BLOCK_ROWS)
    for (let feature = 0; feature < width; feature++) {
      const { bounds, count: bins } = features[feature]!
      const column = columns.subarray(feature * count, (feature + 1) * count)
      if (bounds === null)
        for (let row = begin; row < end; row++) column[row] = categoryBin(rows[row * width + feature]!, bins)
      else for (let row = begin; row < end; row++) column[row] = numberBin(rows[row * width + feature]!, bounds)
    }
  }
  return { count, width, features, starts, columns }
}

function categoryBin(code: number, bins: number): number {
  return code >= 0 && code < bins - 1 ? code + 1 : MISSING_BIN
}

function numberBin(value: number, bounds: Float32Array): number {
  if (Number.isNaN(value)) return MISSING_BIN
  // The comparison is a number and not a branch: the CPU can't predict it.
  let low = 0
  for (let step = bounds.length >> 1; step > 0; step >>= 1) low += step * +(value > bounds[low + step - 1]!)
  return low + 1
}

/**
 * As even as the values allow: a value that alone fills a bin gets one, the others share what is left. Bounds are
 * halfway between neighbours, so that an unseen value goes with the nearer one.
 */
function boundsOf(sorted: Float32Array, binsMax: number): number[] {
  const distinct: number[] = []
  const counts: number[] = []
  for (const value of sorted) {
    if (value === distinct.at(-1)) counts[counts.length - 1]!++
    else {
      distinct.push(value)
      counts.push(1)
    }
  }
  const bounds: number[] = []
  const all = distinct.length <= binsMax
  const share = sorted.length / binsMax
  const heavy = counts.map((count) => !all && count >= share)
  let binsLeft = binsMax - heavy.filter(Boolean).length
  let rowsLeft = sorted.length - counts.reduce((sum, count, i) => sum + (heavy[i]! ? count : 0), 0)
  let filled = 0
  for (let i = 0; i + 1 < distinct.length && bounds.length < binsMax - 1; i++) {
    filled += counts[i]!
    if (!heavy[i]!) rowsLeft -= counts[i]!
    const full = all || heavy[i]! || heavy[i + 1]! || filled >= (filled + rowsLeft) / Math.max(1, binsLeft)
    if (!full) continue
    if (!heavy[i]!) binsLeft--
    bounds.push(between(distinct[i]!, distinct[i + 1]!))
    filled = 0
  }
  bounds.push(Number.POSITIVE_INFINITY)
  return bounds
}

function filledUp(bounds: readonly number[]): Float32Array {
  const filled = new Float32Array(2 ** Math.ceil(Math.log2(bounds.length))).fill(Number.POSITIVE_INFINITY)
  filled.set(bounds)
  return filled
}

/** A Float32 that is not below the lower and is below the higher of two. */
function between(lower: number, higher: number): number {
  const middle = Math.fround(lower / 2 + higher / 2)
  return middle >= lower && middle < higher ? middle : lower
}

function sampledRows(count: number): Int32Array {
  if (count <= SAMPLE_ROWS) return Int32Array.from({ length: count }, (_, row) => row)
  const next = random(count)
  return Int32Array.from({ length: SAMPLE_ROWS }, () => randomInteger(next, count)).sort()
}
