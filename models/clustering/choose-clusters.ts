import { random } from '../random.ts'
import { kMeans, type Partition, type Points } from './k-means.ts'
import { meanSilhouette } from './silhouette.ts'

export interface ChosenClusters {
  readonly partition: Partition
  /** Mean silhouette for each number of clusters tried, from 2 on. */
  readonly silhouettes: readonly number[]
}

const STARTS = 8
/** Rows sampled for the silhouette, whose cost is quadratic. */
const SILHOUETTE_ROWS = 1_000
const SEED = 1

/**
 * Runs k-means from eight starts for each number of clusters from 2 to `clustersMax`, and chooses the number with the
 * largest mean silhouette. Deterministic for the same points. Returns `undefined` if all rows are equal. Yields after
 * each k-means run to let other work proceed.
 */
export function* chooseClusters(points: Points, clustersMax: number): Generator<void, ChosenClusters | undefined> {
  const silhouettes: number[] = []
  let chosen: Partition | undefined
  for (let clusters = 2; clusters <= clustersMax; clusters++) {
    const partition = yield* bestOfStarts(points, clusters)
    if (partition === undefined) break
    const silhouette = sampledSilhouette(points, partition, clusters)
    if (silhouettes.every((other) => silhouette > other)) chosen = partition
    silhouettes.push(silhouette)
  }
  return chosen && { partition: chosen, silhouettes }
}

function* bestOfStarts(points: Points, clusters: number): Generator<void, Partition | undefined> {
  const next = random(SEED)
  let best: Partition | undefined
  for (let start = 0; start < STARTS; start++) {
    const partition = kMeans(points, clusters, next)
    if (partition === undefined) return undefined
    if (best === undefined || partition.inertia < best.inertia) best = partition
    yield
  }
  return best
}

/** Returns the mean silhouette of evenly spaced rows. */
function sampledSilhouette({ values, rows, columns }: Points, { nearest }: Partition, clusters: number): number {
  const step = Math.max(1, Math.floor(rows / SILHOUETTE_ROWS))
  const count = Math.ceil(rows / step)
  const sampled = new Float64Array(count * columns)
  for (let row = 0; row < count; row++)
    sampled.set(values.subarray(row * step * columns, (row * step + 1) * columns), row * columns)
  const clusterOf = Int32Array.from({ length: count }, (_, row) => nearest[row * step]!)
  return meanSilhouette({ values: sampled, rows: count, columns }, clusterOf, clusters)
}
