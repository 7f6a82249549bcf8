/** Probabilities are kept this far from 0 and 1, so that a loss is finite. */
const CLOSEST = 1e-15

/** What each row adds to the log loss of classes, or to the mean squared error of rates. */
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
