import { random, shuffle } from '../random.ts'
import { studentTail } from './tails.ts'

/** Scores of a sample whose rows form clusters, such as those of one customer on one day. */
export interface ClusteredScores {
  /** Score of each row; NaN if it has none. */
  readonly scores: ArrayLike<number>
  /** Cluster of each row: any integer. */
  readonly clusters: ArrayLike<number>
}

const DRAWS = 999
/** Minimum number of clusters per sample for a test. */
const CLUSTERS_MIN = 5

/**
 * Tests the difference of two means with clusters, not rows, as the sampling unit. `byPermutation` permutes whole
 * clusters between the samples (Good 2005, 3) and is at least 1 ∕ 1,000. `byVariance` is Student's t with the variance
 * between clusters, without that lower limit. Both are two-sided p-values, and 1 with fewer than five clusters in a
 * sample, or if all scores are equal. Nothing is permuted, which takes long, if `byVariance` is above `permuteBelow`:
 * `byPermutation` is then 1.
 */
export function clusterTest(
  reference: ClusteredScores,
  recent: ClusteredScores,
  seed: number,
  permuteBelow = 1,
): { readonly byPermutation: number; readonly byVariance: number } {
  const [before, after] = [sumsOf(reference), sumsOf(recent)]
  if (before.length < CLUSTERS_MIN || after.length < CLUSTERS_MIN) return { byPermutation: 1, byVariance: 1 }
  const error = Math.sqrt(meanVariance(before) + meanVariance(after))
  const difference = meanOf(after) - meanOf(before)
  if (error === 0 && difference === 0) return { byPermutation: 1, byVariance: 1 }
  const freedom = Math.min(before.length, after.length) - 1
  const byVariance = Math.min(1, 2 * studentTail(Math.abs(difference) / error, freedom))
  return { byVariance, byPermutation: byVariance > permuteBelow ? 1 : permutationTest(before, after, seed) }
}

function permutationTest(before: readonly ClusterSum[], after: readonly ClusterSum[], seed: number): number {
  const all = [...before, ...after]
  const order = Int32Array.from(all.keys())
  const meanDifference = (chosen: Int32Array) => {
    let [sum, rows, otherSum, otherRows] = [0, 0, 0, 0]
    for (let at = 0; at < chosen.length; at++) {
      const one = all[chosen[at]!]!
      if (at < before.length) [sum, rows] = [sum + one.sum, rows + one.rows]
      else [otherSum, otherRows] = [otherSum + one.sum, otherRows + one.rows]
    }
    return otherSum / otherRows - sum / rows
  }
  const seen = meanDifference(order)
  const next = random(seed)
  let asExtreme = 1
  for (let draw = 0; draw < DRAWS; draw++)
    if (Math.abs(meanDifference(shuffle(order, next))) >= Math.abs(seen)) asExtreme++
  return asExtreme / (DRAWS + 1)
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
