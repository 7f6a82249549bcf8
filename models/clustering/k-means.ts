import { randomInteger, type Random } from '../random.ts'

/** Rows in one block, `columns` numbers each, without missing values. */
export interface Points {
  readonly values: Float64Array
  readonly rows: number
  readonly columns: number
}

export interface Partition {
  /** Centres in one block, `columns` numbers each. */
  readonly centres: Float64Array
  /** Index of each row's nearest centre. */
  readonly nearest: Int32Array
  /** Sum of the rows' squared distances to their nearest centres. */
  readonly inertia: number
}

const PASSES_MAX = 100

/**
 * Runs Lloyd's k-means from one k-means++ start (Arthur and Vassilvitskii 2007). The result depends on the start; the
 * best of several runs is the one with the lowest inertia. Returns `undefined` if there are fewer distinct rows than
 * clusters.
 */
export function kMeans(points: Points, clusters: number, next: Random): Partition | undefined {
  const centres = initialCentres(points, clusters, next)
  if (centres === undefined) return undefined
  const nearest = new Int32Array(points.rows).fill(-1)
  for (let pass = 0; ; pass++) {
    const { changed, inertia } = assign(points, centres, nearest)
    if (changed === 0 || pass === PASSES_MAX) return { centres, nearest, inertia }
    moveCentres(points, centres, nearest)
  }
}

/**
 * Draws the first centre uniformly from the rows, and each further one in proportion to a row's squared distance to the
 * centres so far.
 */
function initialCentres(points: Points, clusters: number, next: Random): Float64Array | undefined {
  const { values, rows, columns } = points
  if (rows === 0) return undefined
  const centres = new Float64Array(clusters * columns)
  const distances = new Float64Array(rows).fill(Infinity)
  let row = randomInteger(next, rows)
  for (let centre = 0; ; centre++) {
    centres.set(values.subarray(row * columns, (row + 1) * columns), centre * columns)
    if (centre === clusters - 1) return centres
    let total = 0
    for (let one = 0; one < rows; one++) {
      distances[one] = Math.min(distances[one]!, squaredDistance(points, one, centres, centre))
      total += distances[one]!
    }
    if (total === 0) return undefined
    row = weightedChoice(distances, next() * total)
  }
}

/** Returns the row at which the cumulative weight exceeds `target`, never one of weight 0. */
function weightedChoice(weights: Float64Array, target: number): number {
  let sum = 0
  let last = 0
  for (let row = 0; row < weights.length; row++) {
    if (weights[row] === 0) continue
    sum += weights[row]!
    last = row
    if (sum > target) return row
  }
  return last
}

function assign(points: Points, centres: Float64Array, nearest: Int32Array): { changed: number; inertia: number } {
  const clusters = centres.length / points.columns
  let changed = 0
  let inertia = 0
  for (let row = 0; row < points.rows; row++) {
    let best = 0
    let least = Infinity
    for (let centre = 0; centre < clusters; centre++) {
      const distance = squaredDistance(points, row, centres, centre)
      if (distance >= least) continue
      least = distance
      best = centre
    }
    if (nearest[row] !== best) changed++
    nearest[row] = best
    inertia += least
  }
  return { changed, inertia }
}

/** Moves each centre to the mean of its rows. A centre that has lost all rows stays where it is. */
function moveCentres({ values, rows, columns }: Points, centres: Float64Array, nearest: Int32Array): void {
  const counts = new Int32Array(centres.length / columns)
  const sums = new Float64Array(centres.length)
  for (let row = 0; row < rows; row++) {
    const centre = nearest[row]!
    counts[centre]!++
    for (let column = 0; column < columns; column++) sums[centre * columns + column]! += values[row * columns + column]!
  }
  for (let at = 0; at < sums.length; at++) {
    const count = counts[Math.floor(at / columns)]!
    if (count > 0) centres[at] = sums[at]! / count
  }
}

function squaredDistance({ values, columns }: Points, row: number, centres: Float64Array, centre: number): number {
  let sum = 0
  for (let column = 0; column < columns; column++)
    sum += (values[row * columns + column]! - centres[centre * columns + column]!) ** 2
  return sum
}
