import type { Interval } from './bootstrap.ts'
import { singletonClusters, type Clusters } from './clusters.ts'
import { metricsOf } from './metrics.ts'
import { random, randomInteger } from '../random.ts'
import { resampledClassificationMetrics, resampledRegressionMetrics } from './resampled-metrics.ts'
import { quantile } from './quantile.ts'

export interface ResamplingOptions {
  readonly seed: number
  /** Defaults to 200. */
  readonly draws?: number
  /** Defaults to 0.95. */
  readonly confidence?: number
  /** Rows to resample together; by default each row by itself. */
  readonly clusters?: Clusters | undefined
}

/**
 * Returns all metrics of a kind of model with bootstrap intervals (Efron and Tibshirani 1993, 13), all from the same
 * draws. Undefined metrics, and draws in which a metric is undefined, are left out.
 */
export function metricIntervals(
  kind: 'classification' | 'regression',
  labels: Float64Array,
  scores: Float64Array,
  { seed, draws = 200, confidence = 0.95, clusters = singletonClusters(labels.length) }: ResamplingOptions,
): Readonly<Record<string, Interval>> {
  const metrics = metricsOf(kind, labels, scores)
  const measure = (kind === 'classification' ? resampledClassificationMetrics : resampledRegressionMetrics)(
    labels,
    scores,
  )
  const drawn = resampleMetrics(measure, clusters, random(seed), draws)
  return Object.fromEntries(
    Object.entries(metrics).flatMap(([name, estimate]) => {
      const values = Float64Array.from(drawn, (one) => one[name]!)
        .filter((value) => !Number.isNaN(value))
        .sort()
      if (values.length === 0) return []
      const lower = quantile(values, (1 - confidence) / 2)
      const upper = quantile(values, (1 + confidence) / 2)
      return [[name, name === 'calibrationError' ? mirrored(estimate, lower, upper) : { estimate, lower, upper }]]
    }),
  )
}

function resampleMetrics(
  measure: (times: Uint32Array) => Readonly<Record<string, number>>,
  { count, starts, members }: Clusters,
  next: () => number,
  draws: number,
): readonly Readonly<Record<string, number>>[] {
  const times = new Uint32Array(members.length)
  return Array.from({ length: draws }, () => {
    times.fill(0)
    for (let i = 0; i < count; i++) {
      const cluster = randomInteger(next, count)
      for (let at = starts[cluster]!; at < starts[cluster + 1]!; at++) times[members[at]!]!++
    }
    return measure(times)
  })
}

/**
 * Returns the basic bootstrap interval (Davison and Hinkley 1997, 5.2), stretched to contain the estimate. Noise
 * increases a mean distance, so the draws exceed the estimate as the estimate exceeds the truth; the basic interval
 * mirrors them.
 */
function mirrored(estimate: number, lower: number, upper: number): Interval {
  return {
    estimate,
    lower: Math.max(0, Math.min(estimate, 2 * estimate - upper)),
    upper: Math.max(estimate, 2 * estimate - lower),
  }
}
