/** Returns row weights that give both classes the same total weight, half of the number of rows each. */
export function balancedWeights(labels: Float64Array): Float64Array {
  const positives = labels.reduce((sum, label) => sum + label, 0)
  return labels.map((label) => labels.length / (2 * (label === 1 ? positives : labels.length - positives)))
}
