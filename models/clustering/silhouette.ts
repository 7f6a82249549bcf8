import type { Points } from './k-means.ts'

/**
 * Returns the mean silhouette of the rows (Rousseeuw 1987), from −1 to 1: how much nearer a row is to its own cluster
 * than to the next one. Kaufman and Rousseeuw (1990) read 0.25 and less as no structure. A row that is alone in its
 * cluster counts as 0. The cost is quadratic in the rows.
 */
export function meanSilhouette(points: Points, clusterOf: Int32Array, clusters: number): number {
  const counts = new Int32Array(clusters)
  for (const cluster of clusterOf) counts[cluster]!++
  const sums = new Float64Array(clusters)
  let total = 0
  for (let row = 0; row < points.rows; row++) {
    sums.fill(0)
    for (let other = 0; other < points.rows; other++) sums[clusterOf[other]!]! += distance(points, row, other)
    total += silhouette(sums, counts, clusterOf[row]!)
  }
  return total / points.rows
}

function silhouette(sums: Float64Array, counts: Int32Array, own: number): number {
  if (counts[own]! < 2) return 0
  const within = sums[own]! / (counts[own]! - 1)
  let beside = Infinity
  for (let cluster = 0; cluster < counts.length; cluster++)
    if (cluster !== own && counts[cluster]! > 0) beside = Math.min(beside, sums[cluster]! / counts[cluster]!)
  const larger = Math.max(within, beside)
  return beside === Infinity || larger === 0 ? 0 : (beside - within) / larger
}

function distance({ values, columns }: Points, row: number, other: number): number {
  let sum = 0
  for (let column = 0; column < columns; column++)
    sum += (values[row * columns + column]! - values[other * columns + column]!) ** 2
  return Math.sqrt(sum)
}
