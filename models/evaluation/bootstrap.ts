import { singletonClusters, type Clusters } from './clusters.ts'
import { quantile } from './quantile.ts'
import { random, randomInteger } from '../random.ts'

export interface Interval {
  readonly estimate: number
  readonly lower: number
  readonly upper: number
}

export interface BootstrapOptions {
  readonly seed: number
  readonly draws?: number
  readonly confidence?: number
  /** Rows to resample together; by default each row by itself. */
  readonly clusters?: Clusters | undefined
}

/**
 * Returns a percentile bootstrap interval (Efron and Tibshirani 1993, 13) of a statistic of rows resampled with
 * replacement. Draws for which it is undefined (NaN) are skipped. The same seed gives the same interval.
 */
export function bootstrapInterval(
  count: number,
  statistic: (rows: Int32Array) => number,
  { seed, draws = 1000, confidence = 0.95, clusters = singletonClusters(count) }: BootstrapOptions,
): Interval {
  const next = random(seed)
  const estimate = statistic(singletonClusters(count).members)
  const drawn = new Int32Array(clusters.count)
  const values: number[] = []
  for (let draw = 0; draw < draws; draw++) {
    for (let i = 0; i < drawn.length; i++) drawn[i] = randomInteger(next, drawn.length)
    const value = statistic(rowsOf(clusters, drawn))
    if (!Number.isNaN(value)) values.push(value)
  }
  const sorted = Float64Array.from(values).sort()
  return { estimate, lower: quantile(sorted, (1 - confidence) / 2), upper: quantile(sorted, (1 + confidence) / 2) }
}

function rowsOf({ count, starts, members }: Clusters, drawn: Int32Array): Int32Array {
  if (count === members.length) return drawn.map((cluster) => members[cluster]!)
  const size = drawn.reduce((sum, cluster) => sum + starts[cluster + 1]! - starts[cluster]!, 0)
  const rows = new Int32Array(size)
  let index = 0
  for (const cluster of drawn)
    for (let at = starts[cluster]!; at < starts[cluster + 1]!; at++) rows[index++] = members[at]!
  return rows
}

/** Returns the interval of the difference in a metric between two models on the same rows. */
export function bootstrapDifference(
  metric: (labels: Float64Array, scores: Float64Array) => number,
  labels: Float64Array,
  scores: Float64Array,
  others: Float64Array,
  options: BootstrapOptions,
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
