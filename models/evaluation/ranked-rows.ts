/** Rows sorted once by score, so that rank metrics take a single pass for any row weights. */
export interface RankedRows {
  readonly count: number
  /** Row index at each rank, best score first; ties in row order. */
  readonly order: Int32Array
  /** Labels and scores by rank. */
  readonly labels: Float64Array
  readonly scores: Float64Array
  /** 1 at the last rank of each run of equal scores. */
  readonly ends: Uint8Array
}

export function rankRows(labels: Float64Array, scores: Float64Array): RankedRows {
  const count = scores.length
  const order = Int32Array.from({ length: count }, (_, row) => row).sort((a, b) => scores[b]! - scores[a]! || a - b)
  const ranked = Float64Array.from(order, (row) => scores[row]!)
  return {
    count,
    order,
    labels: Float64Array.from(order, (row) => labels[row]!),
    scores: ranked,
    ends: Uint8Array.from({ length: count }, (_, rank) =>
      rank + 1 === count || ranked[rank + 1] !== ranked[rank] ? 1 : 0,
    ),
  }
}
