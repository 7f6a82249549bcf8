import { random, shuffle } from '../random.ts'
import { studentTail } from './tails.ts'

/** Scores of a sample whose rows form clusters, such as those of one customer on one day. */
export interface ClusteredScores {
  /** Score of each row; NaN if it has none. */
  readonly scores: ArrayLike<number>
  /** Cluster of each row: any integer. */
  readonly clusters: ArrayLike<number>
}

/** What a test may cost. */
export interface ClusterTestOptions {
  /** Nothing is permuted if `byVariance` is above; `byPermutation` is then 1. */
  readonly permuteBelow?: number
  /** Number of permutations; `byPermutation` is at least 1 ∕ (draws + 1). */
  readonly draws?: number
}

/** Minimum number of clusters per sample for a test. */
const CLUSTERS_MIN = 5

/**
 * Tests the difference of two means with clusters, not rows, as the sampling unit. `byPermutation` permutes whole
 * clusters between the samples (Good 2005, 3) and has a lower limit. `byVariance` is Student's t with the variance
 * between clusters, without that limit. Both are two-sided p-values, and 1 with fewer than five clusters in a sample, or
 * if all scores are equal.
 */
export function clusterTest(
  reference: ClusteredScores,
  recent: ClusteredScores,
  seed: number,
  { permuteBelow = 1, draws = 999 }: ClusterTestOptions = {},
): { readonly byPermutation: number; readonly byVariance: number } {
  const [before, after] = [sumsOf(reference), sumsOf(recent)]
  if (before.length < CLUSTERS_MIN || after.length < CLUSTERS_MIN) return { byPermutation: 1, byVariance: 1 }
  const error = Math.sqrt(meanVariance(before) + meanVariance(after))
  const difference = meanOf(after) - meanOf(before)
  if (error === 0 && difference === 0) return { byPermutation: 1, byVariance: 1 }
  const freedom = Math.min(before.length, after.length) - 1
  const byVariance = Math.min(1, 2 * studentTail(Math.abs(difference) / error, freedom))
  return { byVariance, byPermutation: byVariance > permuteBelow ? 1 : permutationTest(before, after, seed, draws) }
}

function permutationTest(
  before: readonly ClusterSum[],
  after: readonly ClusterSum[],
  seed: number,
  draws: number,
): number {
  const all = [...before, ...after]
  const sums = Float64Array.from(all, ({ sum }) => sum)
  const rows = Float64Array.from(all, (one) => one.rows)
  const order = Int32Array.from(all.keys())
  const meanDifference = (chosen: Int32Array) => {
    let [sum, count, otherSum, otherCount] = [0, 0, 0, 0]
    for (let at = 0; at < before.length; at++) {
      sum += sums[chosen[at]!]!
      count += rows[chosen[at]!]!
    }
    for (let at = before.length; at < chosen.length; at++) {
      otherSum += sums[chosen[at]!]!
      otherCount += rows[chosen[at]!]!
    }
    return otherSum / otherCount - sum / count
  }
  const seen = Math.abs(meanDifference(order))
  const next = random(seed)
  let asExtreme = 1
  for (let draw = 0; draw < draws; draw++) if (Math.abs(meanDifference(shuffle(order, next))) >= seen) asExtreme++
  return asExtreme / (draws + 1)
}

interface ClusterSum {
  readonly sum: number
  readonly rows: number
}

function sumsOf({ scores, clusters }: ClusteredScores): ClusterSum[] {
  const sums = new Map<number, { sum: number; rows: number }>()
  for (let row = 0; row < scores.length; row++) {
    if (Number.isNaN(scores[row]!)) continue
    const own = sums.get(clusters[row]!) ?? { sum: 0, rows: 0 }
    own.sum += scores[row]!
    own.rows++
    sums.set(clusters[row]!, own)
  }
  return [...sums.values()]
}

function meanOf(clusters: readonly ClusterSum[]): number {
  const [sum, rows] = clusters.reduce(([total, count], one) => [total + one.sum, count + one.rows], [0, 0])
  return sum / rows
}

/**
 * Returns the variance of the mean over rows in clusters of different sizes, as of a ratio estimator (Cochran 1977,
 * 6.3).
 */
function meanVariance(clusters: readonly ClusterSum[]): number {
  const rows = clusters.reduce((sum, one) => sum + one.rows, 0)
  const mean = clusters.reduce((sum, one) => sum + one.sum, 0) / rows
  const squares = clusters.reduce((sum, one) => sum + (one.sum - one.rows * mean) ** 2, 0)
  return (squares * clusters.length) / (clusters.length - 1) / rows ** 2
}
