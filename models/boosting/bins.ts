import type { Dataset } from '../model.ts'
import { random, randomInteger } from '../random.ts'

/** Rows to sample for quantiles; more don't improve them. */
const SAMPLE_ROWS = 50_000

/** Rows binned at a time, few enough to stay in the CPU cache. */
const BLOCK_ROWS = 512

/** The first bin of each feature is for missing values. */
export const MISSING_BIN = 0

/** Numbers per bin of a histogram: gradient sum, hessian sum, row count. */
export const BIN_SUMS = 3

/** Assignment of a feature's values to bins 1, 2, …. */
export interface FeatureBins {
  /** Number of bins, including the one for missing values. */
  readonly count: number
  /**
   * Upper bounds of a numeric feature's bins: a value falls into the first bin whose bound it does not exceed.
   * Ascending Float32, padded with infinity to a power of two. `null` for a categorical feature, whose code c falls
   * into bin c + 1.
   */
  readonly bounds: Float32Array | null
}

/** Binned rows, with the layout of a histogram over all features. */
export interface BinnedRows {
  readonly count: number
  readonly width: number
  readonly features: readonly FeatureBins[]
  /**
   * Offset of each feature's bins in a histogram, `BIN_SUMS` numbers per bin; the last entry is the histogram's length.
   */
  readonly starts: Int32Array
  /** Bin of each row within the feature, column by column: `width × count`. */
  readonly columns: Uint8Array
}

/** Fits bins to the given rows: at most `binsMax` per feature, 255 for categories, plus the one for missing values. */
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
    // Typed arrays sort NaN to the end.
    let known = values.length
    while (known > 0 && Number.isNaN(values[known - 1])) known--
    const bounds = boundsOf(values.subarray(0, known), binsMax)
    return { count: bounds.length + 1, bounds: filledUp(bounds) }
  })
}

/** Copies the chosen rows into columns, reading row by row in memory order. */
function columnsOf(rows: Float32Array, width: number, chosen: Int32Array): Float32Array {
  const columns = new Float32Array(chosen.length * width)
  for (let i = 0; i < chosen.length; i++) {
    const first = chosen[i]! * width
    for (let feature = 0; feature < width; feature++) columns[feature * chosen.length + i] = rows[first + feature]!
  }
  return columns
}

/** Bins the rows. A category without a bin counts as missing. */
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
  // The comparison is used as a number because the CPU could not predict a branch.
  let low = 0
  for (let step = bounds.length >> 1; step > 0; step >>= 1) low += step * +(value > bounds[low + step - 1]!)
  return low + 1
}

/**
 * Returns bounds that fill the bins as evenly as the values allow: a value that fills a bin alone gets its own, and the
 * others share the rest. Bounds are halfway between neighbours, so that an unseen value joins the nearer one.
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

/** Returns a Float32 m with lower ≤ m < higher: the midpoint where possible. */
function between(lower: number, higher: number): number {
  const middle = Math.fround(lower / 2 + higher / 2)
  return middle >= lower && middle < higher ? middle : lower
}

function sampledRows(count: number): Int32Array {
  if (count <= SAMPLE_ROWS) return Int32Array.from({ length: count }, (_, row) => row)
  const next = random(count)
  return Int32Array.from({ length: SAMPLE_ROWS }, () => randomInteger(next, count)).sort()
}
