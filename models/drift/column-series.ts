import { blockSeries, type Blocks, type BlockSeries } from './block-series.ts'
import { numberMeasures, numberScore, ranksAmong, referenceValues } from './number-scores.ts'
import { blocksFrom, REFERENCE_BLOCKS, type WatchedStream } from './watched-stream.ts'

/** A column's values in time order. */
export type WatchedColumn =
  | { readonly kind: 'number'; readonly values: Float64Array }
  /** `codes` are indices into `names`; −1 is missing. */
  | { readonly kind: 'category'; readonly codes: Int32Array; readonly names: readonly string[] }

/** Shares are monitored for this many of the most frequent categories, if they have `SHARE_MIN` of the reference. */
const CATEGORIES_MAX = 12
const SHARE_MIN = 0.01

/** Returns the series of a column whose reference begins with block `from`. */
export function columnSeries(column: WatchedColumn, stream: WatchedStream, from: number): readonly BlockSeries[] {
  return column.kind === 'number' ? numberSeries(column.values, stream, from) : categorySeries(column, stream, from)
}

/** Returns the largest number of series of a column, for the multiple-testing correction. */
export function seriesCount(column: WatchedColumn): number {
  return column.kind === 'number' ? numberMeasures.length + 1 : Math.min(CATEGORIES_MAX, column.names.length) + 2
}

function numberSeries(values: Float64Array, stream: WatchedStream, from: number): BlockSeries[] {
  const blocks = blocksFrom(stream, from)
  const sorted = referenceValues(values, stream, from)
  const missing = missingSeries(blocks, (row) => Number.isNaN(values[row]!))
  if (sorted.length === 0) return [missing]
  const ranks = ranksAmong(sorted, values, blocks)
  return [
    ...numberMeasures.map((measure) =>
      blockSeries({ measure, isShare: false }, blocks, (row) => numberScore(measure, ranks[row]!)),
    ),
    missing,
  ]
}

function categorySeries(
  { codes, names }: Extract<WatchedColumn, { kind: 'category' }>,
  stream: WatchedStream,
  from: number,
): BlockSeries[] {
  const blocks = blocksFrom(stream, from)
  const counts = new Int32Array(names.length)
  const last = (from + REFERENCE_BLOCKS) * stream.blockRows
  let known = 0
  for (let row = from * stream.blockRows; row < last; row++) {
    if (codes[row]! < 0) continue
    counts[codes[row]!]!++
    known++
  }
  const missing = missingSeries(blocks, (row) => codes[row]! < 0)
  if (known === 0) return [missing]
  const frequent = [...counts.keys()]
    .filter((code) => counts[code]! >= SHARE_MIN * known)
    .sort((a, b) => counts[b]! - counts[a]! || a - b)
    .slice(0, CATEGORIES_MAX)
  return [
    ...frequent.map((code) =>
      blockSeries({ measure: 'share', of: names[code]!, isShare: true }, blocks, (row) =>
        codes[row]! < 0 ? Number.NaN : codes[row] === code ? 1 : 0,
      ),
    ),
    // Categories that occur once in the reference estimate how often unseen ones appear without drift (Good 1953).
    blockSeries({ measure: 'unseen categories', isShare: true, onlyUp: true }, blocks, (row) =>
      codes[row]! < 0 ? Number.NaN : counts[codes[row]!]! <= (row < last ? 1 : 0) ? 1 : 0,
    ),
    missing,
  ]
}

function missingSeries(blocks: Blocks, isMissing: (row: number) => boolean): BlockSeries {
  return blockSeries({ measure: 'missing rate', isShare: true }, blocks, (row) => (isMissing(row) ? 1 : 0))
}
