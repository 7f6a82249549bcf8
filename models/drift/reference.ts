import { meanOf, type BlockSeries } from './block-series.ts'
import { findSeason, seasonAt, type Season } from './season.ts'

/** Level and variation of the blocks of a reference, without drift. */
export interface Reference {
  /** First block and end (exclusive). */
  readonly from: number
  readonly to: number
  /** Mean of the block means, without the season. */
  readonly mean: number
  /** Variance of a block's mean, corrected for the reference's length and autocorrelation. */
  readonly variance: number
  /** Lag-1 autocorrelation of the blocks, corrected for bias. */
  readonly correlation: number
  /** Effective number of independent blocks. */
  readonly independent: number
  readonly season: Season | undefined
  /** Returns how far means over runs of `length` blocks deviated from the mean. */
  runs(length: number): RunSpread
}

export interface RunSpread {
  readonly variance: number
  /** Largest deviations below and above the mean. */
  readonly below: number
  readonly above: number
}

/** Maximum number of blocks in a reference; more would only cost time. */
const REFERENCE_BLOCKS_MAX = 400

/** Minimum number of blocks for a season to be found reliably. */
const SEASON_BLOCKS_MIN = 24

/**
 * Returns a function from an end block to the reference that begins at `from`. References are memoised, and the season
 * is searched again each time the length has grown by half.
 */
export function referencesFrom(series: BlockSeries, from: number, positions: Float64Array, periods: readonly number[]) {
  const known = new Map<number, Reference>()
  const seasons = new Map<number, Season | undefined>()

  function seasonOf(blocks: number): Season | undefined {
    if (blocks < SEASON_BLOCKS_MIN) return undefined
    const length = Math.min(
      REFERENCE_BLOCKS_MAX,
      Math.floor(SEASON_BLOCKS_MIN * 1.5 ** Math.floor(Math.log(blocks / SEASON_BLOCKS_MIN) / Math.log(1.5))),
    )
    if (!seasons.has(length)) {
      const means = meansOf(series, from, from + length)
      seasons.set(
        length,
        means.some(Number.isNaN) ? undefined : findSeason(positions.subarray(from, from + length), means, periods),
      )
    }
    return seasons.get(length)
  }

  return (to: number): Reference => {
    const end = Math.min(to, from + REFERENCE_BLOCKS_MAX)
    let reference = known.get(end)
    if (reference === undefined)
      known.set(end, (reference = referenceOf(series, from, end, positions, seasonOf(end - from))))
    return reference
  }
}

function meansOf(series: BlockSeries, from: number, to: number): Float64Array {
  return Float64Array.from({ length: to - from }, (_, at) => meanOf(series, from + at, from + at + 1))
}

function referenceOf(
  series: BlockSeries,
  from: number,
  to: number,
  positions: Float64Array,
  season: Season | undefined,
): Reference {
  const means = meansOf(series, from, to)
  if (season !== undefined)
    for (let at = 0; at < means.length; at++) means[at]! -= seasonAt(season, positions[from + at]!)
  const values = means.filter((value) => !Number.isNaN(value))
  const count = values.length
  const mean = values.reduce((sum, value) => sum + value, 0) / count
  let [squares, neighbours] = [0, 0]
  for (let at = 0; at < count; at++) {
    squares += (values[at]! - mean) ** 2
    if (at > 0) neighbours += (values[at]! - mean) * (values[at - 1]! - mean)
  }
  const raw = squares === 0 ? 0 : neighbours / squares
  // Bias correction: estimates from short series are too small (Kendall 1954).
  const correlation = Math.min(0.99, Math.max(0, raw + (1 + 3 * Math.max(0, raw)) / count))
  const fittedParameters = season === undefined ? 0 : season.weights.length + 1
  const independent = Math.max(0, (count - fittedParameters) / runFactor(count, correlation))
  const variance = independent <= 1 ? Infinity : squares / count / (1 - 1 / independent)
  return {
    from,
    to,
    mean,
    variance,
    correlation,
    independent,
    season,
    runs: (length) => runSpread(values, mean, length),
  }
}

/** Returns the variance of a mean of `length` neighbouring blocks relative to that of independent ones (AR(1)). */
export function runFactor(length: number, correlation: number): number {
  if (correlation <= 0 || length <= 1) return 1
  const all = (1 + correlation) / (1 - correlation)
  const edge = (2 * correlation * (1 - correlation ** length)) / (length * (1 - correlation) ** 2)
  return Math.max(1, all - edge)
}

function runSpread(values: Float64Array, mean: number, length: number): RunSpread {
  let [sum, squares, runs, below, above] = [0, 0, 0, 0, 0]
  for (let at = 0; at < values.length; at++) {
    sum += values[at]! - (at >= length ? values[at - length]! : 0)
    if (at < length - 1) continue
    const away = sum / length - mean
    squares += away * away
    below = Math.min(below, away)
    above = Math.max(above, away)
    runs++
  }
  return { variance: runs === 0 ? 0 : squares / runs, below, above }
}
