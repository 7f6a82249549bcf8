import type { Region } from '../../features/calls/groups/nearest-centre.ts'

export interface ClusterMembers {
  /** Counts a customer. `values` are in the order of the features. */
  add(customerId: string, values: readonly number[]): void
  /** Returns the number of customers added. */
  count(): number
  /** Returns the clusters that have members, largest first. */
  clusters(): Cluster[]
}

interface Cluster {
  readonly size: number
  readonly description: string
  readonly condition: string
  readonly features: Difference[]
  readonly examples: string[]
}

interface Difference {
  readonly name: string
  readonly mean: number
  readonly meanOfAll: number
  /** `mean - meanOfAll`, in standard deviations of all customers. */
  readonly difference: number
}

const EXAMPLES = 10
/** A description names features that differ by at least half a deviation, and at most three: more are hard to grasp. */
const APART = 0.5
const APART_BY_MAX = 3

/** Counts the members of each cluster and compares their means with those of all customers. */
export function createClusterMembers(names: readonly string[], regions: readonly Region[]): ClusterMembers {
  const all = createMeans(names.length)
  const within = regions.map(({ condition, holds }) => {
    return { condition, holds, means: createMeans(names.length), examples: [] as string[] }
  })
  return {
    add(customerId, values) {
      all.add(values)
      for (const { holds, means, examples } of within) {
        if (!holds(values)) continue
        means.add(values)
        if (examples.length < EXAMPLES) examples.push(customerId)
      }
    },
    count: all.count,
    clusters() {
      const some = within.filter(({ means }) => means.count() > 0)
      some.sort((a, b) => b.means.count() - a.means.count())
      return some.map(({ condition, means, examples }) => {
        const features = names.map((name, at) => differenceOf(name, means.mean(at), all.mean(at), all.deviation(at)))
        return { size: means.count(), description: describe(features), condition, features, examples }
      })
    },
  }
}

function differenceOf(name: string, mean: number, meanOfAll: number, deviation: number): Difference {
  return { name, mean, meanOfAll, difference: deviation === 0 ? 0 : (mean - meanOfAll) / deviation }
}

/** For example, `more transactions.count30d (14.2, all 5.1); less assets.deposit (0, all 310)`. */
function describe(features: readonly Difference[]): string {
  const apart = features
    .filter(({ difference }) => Math.abs(difference) >= APART)
    .sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference))
    .slice(0, APART_BY_MAX)
    .map(({ name, mean, meanOfAll, difference }) => {
      return `${difference > 0 ? 'more' : 'less'} ${name} (${short(mean)}, all ${short(meanOfAll)})`
    })
  return apart.length === 0 ? 'like all customers' : apart.join('; ')
}

const short = (value: number) => Number(value.toPrecision(3)).toString()

/** Running means and standard deviations (Welford 1962). */
function createMeans(columns: number) {
  const means = new Float64Array(columns)
  const squares = new Float64Array(columns)
  let count = 0
  return {
    add(values: readonly number[]) {
      count++
      for (let at = 0; at < columns; at++) {
        const before = values[at]! - means[at]!
        means[at]! += before / count
        squares[at]! += before * (values[at]! - means[at]!)
      }
    },
    count: () => count,
    mean: (at: number) => means[at]!,
    deviation: (at: number) => Math.sqrt(squares[at]! / count),
  }
}
