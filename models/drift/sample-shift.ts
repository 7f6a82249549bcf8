import { clusterTest, type ClusterTestOptions } from './cluster-permutation.ts'
import { numberMeasures, numberScore, rankAmong } from './number-scores.ts'
import { binnedNumbers, stabilityIndex } from './stability-index.ts'
import { kolmogorovSmirnovTest } from './two-sample.ts'

/** Values of one number in two samples; NaN where it is missing. */
export interface ClusteredSample {
  readonly values: Float64Array
  /** Rows of one cluster depend on one another, such as those of a customer. */
  readonly clusters: Int32Array
}

/** How a number is distributed in a recent sample, compared with a reference. */
export interface SampleShift {
  /** Shares of missing values, from 0 to 1. */
  readonly missingBefore: number
  readonly missingNow: number
  /** Population stability index of the known values; null with too few of them in a sample. */
  readonly stabilityIndex: number | null
  /** Kolmogorov–Smirnov distance of the known values, from 0 to 1; null with too few of them. */
  readonly distance: number | null
  /** Two-sided p-value by clusters, corrected for the three tests: level, spread, share of missing values. */
  readonly pValue: number
  /** The smallest p-value of the permutations of whole clusters; not corrected. */
  readonly byPermutation: number
}

/** Minimum number of known values per sample: fewer say little about a distribution. */
export const SAMPLE_MIN = 100

/**
 * Compares two samples of a number. Level and spread are tested by ranks in the reference, and missing values by their
 * share; clusters, not rows, are the sampling unit.
 */
export function sampleShift(
  reference: ClusteredSample,
  recent: ClusteredSample,
  seed: number,
  options: ClusterTestOptions = {},
): SampleShift {
  const [before, now] = [reference, recent].map(({ values }) => values.filter((value) => !Number.isNaN(value))) as [
    Float64Array,
    Float64Array,
  ]
  const enough = before.length >= SAMPLE_MIN && now.length >= SAMPLE_MIN
  const test: Test = (before, now) =>
    clusterTest(
      { scores: before, clusters: reference.clusters },
      { scores: now, clusters: recent.clusters },
      seed,
      options,
    )
  const tests = [
    test(reference.values.map(isMissing), recent.values.map(isMissing)),
    ...(enough ? rankTests(reference, recent, before.toSorted(), test) : []),
  ]
  return {
    missingBefore: 1 - before.length / Math.max(1, reference.values.length),
    missingNow: 1 - now.length / Math.max(1, recent.values.length),
    stabilityIndex: enough ? stabilityIndex(...binnedNumbers(before, now)) : null,
    distance: enough ? kolmogorovSmirnovTest(before, now).size : null,
    pValue: Math.min(1, tests.length * Math.min(...tests.map(({ byVariance }) => byVariance))),
    byPermutation: Math.min(...tests.map(({ byPermutation }) => byPermutation)),
  }
}

type Test = (before: Float64Array, now: Float64Array) => ReturnType<typeof clusterTest>

function rankTests(reference: ClusteredSample, recent: ClusteredSample, sorted: Float64Array, test: Test) {
  const ranksOf = ({ values }: ClusteredSample) => values.map((value) => rankAmong(sorted, value))
  const [before, now] = [ranksOf(reference), ranksOf(recent)]
  return numberMeasures.map((measure) => {
    const scored = (rank: number) => numberScore(measure, rank)
    return test(before.map(scored), now.map(scored))
  })
}

function isMissing(value: number): number {
  return Number.isNaN(value) ? 1 : 0
}
