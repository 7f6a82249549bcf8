/** Rows sorted once by score: order-dependent metrics are then one pass over them, for any row weights. */
export interface RankedRows {
  readonly count: number
  /** The row at each place, best score first; ties in order of the rows. */
  readonly order: Int32Array
  /** By place. */
  readonly labels: Float64Array
  readonly scores: Float64Array
  /** 1 at the last place of each run of equal scores. */
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
    ends: Uint8Array.from({ length: count }, (_, place) =>
      place + 1 === count || ranked[place + 1] !== ranked[place] ? 1 : 0,
    ),
  }
}
