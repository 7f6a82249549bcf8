import { random, shuffle } from '../random.ts'
import { studentTail } from './tails.ts'

/** Rows of the two samples that belong together, as those of one customer on one day. */
export interface ClusteredScores {
  /** A score a row; NaN where it has none. */
  readonly scores: ArrayLike<number>
  /** Which cluster each row belongs to: any whole number. */
  readonly clusters: ArrayLike<number>
}

const DRAWS = 999
/** Fewer clusters on a side say nothing. */
const CLUSTERS_MIN = 5

/**
 * How likely means as different as those of two samples are where clusters, not rows, are drawn. `byPermutation`: clusters
 * change sides as wholes (Good 2005, 3), at least 1 ∕ 1,000; `byVariance`: Student's t with the variance between clusters,
 * which can be as small as it is. Both two-sided; 1 with fewer than five clusters on a side.
 */
export function clusterTest(
  reference: ClusteredScores,
  recent: ClusteredScores,
  seed: number,
): { readonly byPermutation: number; readonly byVariance: number } {
  const [before, after] = [sumsOf(reference), sumsOf(recent)]
  if (before.length < CLUSTERS_MIN || after.length < CLUSTERS_MIN) return { byPermutation: 1, byVariance: 1 }
  const all = [...before, ...after]
  const order = Int32Array.from(all.keys())
  const apart = (chosen: Int32Array) => {
    let [sum, rows, otherSum, otherRows] = [0, 0, 0, 0]
    for (let at = 0; at < chosen.length; at++) {
      const one = all[chosen[at]!]!
      if (at < before.length) [sum, rows] = [sum + one.sum, rows + one.rows]
      else [otherSum, otherRows] = [otherSum + one.sum, otherRows + one.rows]
    }
    return otherSum / otherRows - sum / rows
  }
  const seen = apart(order)
  const next = random(seed)
  let asFar = 1
  for (let draw = 0; draw < DRAWS; draw++) if (Math.abs(apart(shuffle(order, next))) >= Math.abs(seen)) asFar++
  const error = Math.sqrt(meanVariance(before) + meanVariance(after))
  const freedom = Math.min(before.length, after.length) - 1
  return {
    byPermutation: asFar / (DRAWS + 1),
    byVariance: Math.min(1, 2 * studentTail(Math.abs(seen) / error, freedom)),
  }
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

/** Of a mean of rows of clusters of different sizes, as of a ratio (Cochran 1977, 6.3). */
function meanVariance(clusters: readonly ClusterSum[]): number {
  const rows = clusters.reduce((sum, one) => sum + one.rows, 0)
  const mean = clusters.reduce((sum, one) => sum + one.sum, 0) / rows
  const squares = clusters.reduce((sum, one) => sum + (one.sum - one.rows * mean) ** 2, 0)
  return (squares * clusters.length) / (clusters.length - 1) / rows ** 2
}
