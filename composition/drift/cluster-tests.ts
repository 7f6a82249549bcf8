import type { AlarmOptions } from '../../models/drift/alarm-at.ts'
import type { BlockSeries } from '../../models/drift/block-series.ts'
import { clusterTest } from '../../models/drift/cluster-permutation.ts'
import type { WatchedStream } from '../../models/drift/watched-stream.ts'
import { columnNamed } from '../../models/table/table.ts'
import { DAY_MS } from '../../schemas/durations.ts'
import type { DriftContext } from './describe-drift.ts'
import type { StreamTable } from './stream-table.ts'

const PERMUTATION_P_MAX = 0.01

type Run = readonly [from: number, to: number]

/** Returns tests of a shift on clusters: a customer's rows of one day, or of one block if times are not dates. */
export function clusterTests(
  stream: StreamTable,
  { blockRows }: WatchedStream,
  customer: string,
  alpha: number,
  seed: number,
): Required<Pick<AlarmOptions, 'confirm'> & Pick<DriftContext, 'permutationOf'>> {
  const clusters = clustersOf(stream, blockRows, customer)
  const rowsOf = ({ score }: BlockSeries, [from, to]: Run) => {
    const [first, last] = [from * blockRows, to * blockRows]
    return {
      scores: Float64Array.from({ length: last - first }, (_, at) => score(first + at)),
      clusters: clusters.subarray(first, last),
    }
  }
  const test = (series: BlockSeries, reference: Run, recent: Run) =>
    clusterTest(rowsOf(series, reference), rowsOf(series, recent), seed)
  return {
    confirm(series, reference, recent) {
      const { byPermutation, byVariance } = test(series, reference, recent)
      return byVariance < alpha && byPermutation <= PERMUTATION_P_MAX
    },
    permutationOf({ regime, evidence, referenceTo, recentFrom, foundAt }) {
      const series = regime.series[evidence[0]!.index]!
      return test(series, [regime.from, referenceTo], [recentFrom, foundAt]).byPermutation
    },
  }
}

/** Returns a cluster number for each row. */
function clustersOf({ table, order, times, timesAreDates }: StreamTable, blockRows: number, customer: string) {
  const { codes, cells } = columnNamed(table, customer)
  return Float64Array.from(order, (row, at) => {
    const day = timesAreDates ? Math.floor(times![at]! / DAY_MS) : Math.floor(at / blockRows)
    return day * cells.length + codes[row]!
  })
}
