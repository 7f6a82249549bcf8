import { solvePositive } from '../incremental/solve-positive.ts'

/** A cycle in block means: a sum of harmonics around their mean. */
export interface Season {
  /** In the unit of the block positions. */
  readonly period: number
  /** Weights of the sine and cosine of each harmonic in turn. */
  readonly weights: readonly number[]
}

const HARMONICS = 3
/** Minimum number of cycles in the data; fewer may be chance. */
const CYCLES_MIN = 3
/** Share of the later half's variance that a cycle fitted to the earlier half must explain. */
const HELD_OUT_SHARE_MIN = 0.5
/** Factor by which the grid of frequencies is finer than that of a Fourier transform. */
const OVERSAMPLING = 4
/** Minimum pivot when solving: harmonics that nearly coincide in all blocks can't be separated. */
const PIVOT_MIN = 1e-9

/**
 * Returns the cycle of a series, or `undefined` if none predicts: harmonics are fitted to the earlier half and must
 * explain half of the variance of the later one, which chance fluctuations of an autocorrelated series hardly ever do.
 * `given` lists periods to try first, such as a day.
 */
export function findSeason(
  positions: Float64Array,
  means: Float64Array,
  likelyPeriods: readonly number[] = [],
): Season | undefined {
  const span = positions.at(-1)! - positions[0]!
  const step = span / (positions.length - 1)
  const known = likelyPeriods.filter((period) => period > 3 * step && span >= CYCLES_MIN * period)
  const found = bestPeriod(positions, means, span, step)
  for (const period of [...known, ...(found === undefined ? [] : [found])]) {
    const half = positions.length >> 1
    const early = fitSeason(positions.subarray(0, half), means.subarray(0, half), period, 1)
    if (early === undefined || explained(positions, means, early, half) < HELD_OUT_SHARE_MIN) continue
    return fitSeason(positions, means, period, harmonicsFor(period, step))
  }
  return undefined
}

export function seasonAt({ period, weights }: Season, position: number): number {
  let sum = 0
  for (let harmonic = 1; 2 * harmonic <= weights.length; harmonic++) {
    const angle = (2 * Math.PI * harmonic * position) / period
    sum += weights[2 * harmonic - 2]! * Math.sin(angle) + weights[2 * harmonic - 1]! * Math.cos(angle)
  }
  return sum
}

/** Returns how many harmonics to fit, each with a period of at least 2.5 blocks. */
function harmonicsFor(period: number, step: number): number {
  return Math.max(1, Math.min(HARMONICS, Math.floor(period / (2.5 * step))))
}

/** Returns the period of the strongest wave in the earlier half, on a fine grid of frequencies. */
function bestPeriod(positions: Float64Array, means: Float64Array, span: number, step: number): number | undefined {
  const half = positions.length >> 1
  const [early, values] = [positions.subarray(0, half), means.subarray(0, half)]
  const mean = average(values)
  const power = (frequency: number, x: Float64Array, y: Float64Array, centre: number) => {
    let [sine, cosine] = [0, 0]
    for (let i = 0; i < x.length; i++) {
      const angle = 2 * Math.PI * frequency * x[i]!
      sine += (y[i]! - centre) * Math.sin(angle)
      cosine += (y[i]! - centre) * Math.cos(angle)
    }
    return sine * sine + cosine * cosine
  }
  let [best, most] = [0, 0]
  const fine = 1 / (OVERSAMPLING * span)
  for (let frequency = CYCLES_MIN / span; frequency <= 0.4 / step; frequency += fine) {
    const own = power(frequency, early, values, mean)
    if (own > most) [best, most] = [frequency, own]
  }
  return best === 0 ? undefined : 1 / best
}

/** Returns the share of the variance from index `from` on that the season explains, whatever the level there. */
function explained(positions: Float64Array, means: Float64Array, season: Season, from: number): number {
  const later = means.subarray(from)
  const left = later.map((mean, i) => mean - seasonAt(season, positions[from + i]!))
  return 1 - variance(left) / variance(later)
}

/** Fits harmonics by least squares, with the normal equations since they are small. */
function fitSeason(
  positions: Float64Array,
  means: Float64Array,
  period: number,
  harmonics: number,
): Season | undefined {
  const width = 2 * harmonics + 1
  if (positions.length < 2 * width) return undefined
  const [matrix, right] = [new Float64Array(width * width), new Float64Array(width)]
  const row = new Float64Array(width)
  for (let i = 0; i < positions.length; i++) {
    for (let harmonic = 1; harmonic <= harmonics; harmonic++) {
      const angle = (2 * Math.PI * harmonic * positions[i]!) / period
      row[2 * harmonic - 2] = Math.sin(angle)
      row[2 * harmonic - 1] = Math.cos(angle)
    }
    row[width - 1] = 1
    for (let a = 0; a < width; a++) {
      for (let b = 0; b < width; b++) matrix[a * width + b]! += row[a]! * row[b]!
      right[a]! += row[a]! * means[i]!
    }
  }
  const solved = solvePositive(matrix, right, PIVOT_MIN)
  return solved === undefined ? undefined : { period, weights: [...solved.subarray(0, width - 1)] }
}

function average(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function variance(values: Float64Array): number {
  const mean = average(values)
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
}
