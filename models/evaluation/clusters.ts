/**
 * Row indices by cluster, such as the rows of one customer. The bootstrap resamples whole clusters (cluster bootstrap:
 * Davison and Hinkley 1997, 3.8), since rows of one customer carry less information than as many rows of different
 * customers.
 */
export interface Clusters {
  readonly count: number
  /** The rows of cluster c: `members[starts[c]]` to `members[starts[c + 1] − 1]`. */
  readonly starts: Int32Array
  readonly members: Int32Array
}

/** Groups rows by cluster. `of` names the cluster of each row. */
export function clustersOf(of: readonly (string | number)[]): Clusters {
  const numbers = new Map<string | number, number>()
  const cluster = Int32Array.from(of, (name) => {
    const known = numbers.get(name)
    if (known !== undefined) return known
    numbers.set(name, numbers.size)
    return numbers.size - 1
  })
  const starts = new Int32Array(numbers.size + 1)
  for (const number of cluster) starts[number + 1]!++
  for (let number = 0; number < numbers.size; number++) starts[number + 1]! += starts[number]!
  const next = starts.slice()
  const members = new Int32Array(of.length)
  cluster.forEach((number, row) => (members[next[number]!++] = row))
  return { count: numbers.size, starts, members }
}

/** Returns clusters of a single row each. */
export function singletonClusters(count: number): Clusters {
  const members = Int32Array.from({ length: count }, (_, row) => row)
  return { count, starts: Int32Array.from({ length: count + 1 }, (_, row) => row), members }
}
