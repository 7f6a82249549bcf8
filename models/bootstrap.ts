import { quantile } from './evaluation/quantile.ts'
import { random, randomInteger } from './random.ts'

export interface Interval {
  readonly estimate: number
  readonly lower: number
  readonly upper: number
}

/**
 * A percentile bootstrap interval (Efron and Tibshirani 1993, 13) of a number that is computed from chosen rows, each drawn with
 * replacement. Draws for which it is not defined (NaN) don't count. The same seed gives the same interval.
 */
export function bootstrapInterval(
  count: number,
  statistic: (rows: Int32Array) => number,
  { seed, draws = 1000, confidence = 0.95 }: { readonly seed: number; readonly draws?: number; readonly confidence?: number },
): Interval {
  const next = random(seed)
  const rows = Int32Array.from({ length: count }, (_, row) => row)
  const estimate = statistic(rows)
  const drawn = new Int32Array(count)
  const values: number[] = []
  for (let draw = 0; draw < draws; draw++) {
    for (let i = 0; i < count; i++) drawn[i] = randomInteger(next, count)
    const value = statistic(drawn)
    if (!Number.isNaN(value)) values.push(value)
  }
  const sorted = Float64Array.from(values).sort()
  return { estimate, lower: quantile(sorted, (1 - confidence) / 2), upper: quantile(sorted, (1 + confidence) / 2) }
}

/** The interval of how much better one model's metric is than another's, on the same rows. */
export function bootstrapDifference(
  metric: (labels: Float64Array, scores: Float64Array) => number,
  labels: Float64Array,
  scores: Float64Array,
  others: Float64Array,
  options: { readonly seed: number; readonly draws?: number; readonly confidence?: number },
): Interval {
  const picked = (from: Float64Array, rows: Int32Array) => Float64Array.from(rows, (row) => from[row]!)
  return bootstrapInterval(
    labels.length,
    (rows) => {
      const chosen = picked(labels, rows)
      return metric(chosen, picked(scores, rows)) - metric(chosen, picked(others, rows))
    },
    options,
  )
}
