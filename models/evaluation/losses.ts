/** Minimum distance of probabilities from 0 and 1, which keeps the loss finite. */
const CLOSEST = 1e-15

/** Returns each row's log loss for classes, or squared error for rates. */
export function lossesOf(
  kind: 'classification' | 'regression',
  labels: Float64Array,
  scores: Float64Array,
): Float64Array {
  return labels.map((label, row) => {
    const score = scores[row]!
    if (kind === 'regression') return (score - label) ** 2
    return -Math.log(Math.max(CLOSEST, label === 1 ? score : 1 - score))
  })
}
