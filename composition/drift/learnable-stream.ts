import type { Dataset } from '../../models/model.ts'
import { fitTableEncoding, type ColumnReport } from '../../models/table/table-encoding.ts'
import type { ColumnEncoding } from '../../models/table/column-encoding.ts'
import type { DateOrder } from '../../models/table/written-dates.ts'
import type { DecimalMark } from '../../models/table/written-numbers.ts'
import { featuresIn, rowsOfTable } from './stream-features.ts'
import type { StreamTable } from './stream-table.ts'

/** A stream with labels that ripen, as learners see it. Rows are numbered in time order. */
export interface LearnableStream {
  readonly count: number
  /** First scored row. */
  readonly start: number
  /** Labels, 1 or 0; NaN if never known. */
  readonly labels: Float64Array
  /** Number of leading rows with ripe labels when each row is scored. */
  readonly ripe: Int32Array
  /** Column kinds, as decided by the start rows. */
  readonly columns: readonly ColumnReport[]
  /** Returns all rows encoded as was possible when `known` rows had arrived, with the labels of all rows. */
  datasetAt(known: number): Dataset
}

/** Returns the rows from `from` on whose labels are known and ripe when `row` is scored. */
export function ripeRowsFrom({ ripe, labels }: LearnableStream, from: number, row: number): Int32Array {
  const count = Math.max(0, ripe[row]! - from)
  return Int32Array.from({ length: count }, (_, at) => from + at).filter((at) => !Number.isNaN(labels[at]!))
}

export interface ReadingOptions {
  readonly leftOut: ReadonlySet<string>
  readonly asCategories: ReadonlySet<string>
  readonly asNumbers: ReadonlySet<string>
  readonly decimal?: DecimalMark | undefined
  readonly dates?: DateOrder | undefined
}

/**
 * Makes a stream learnable. The start rows decide the kind of each column. A later training may know more categories,
 * and columns that had no values or only one until then; it never uses rows that had not arrived yet.
 */
export function learnableStream(
  stream: StreamTable,
  labels: Float64Array,
  ripe: Int32Array,
  start: number,
  options: ReadingOptions,
): LearnableStream {
  const { order } = stream
  const ordered = rowsOfTable(stream.table, order)
  const encodingAt = (known: number, hints: ReadingOptions) =>
    fitTableEncoding(
      ordered,
      Int32Array.from({ length: known }, (_, row) => row),
      hints,
    )
  const first = encodingAt(start, options)
  const kinds = (kind: ColumnEncoding['kind']) =>
    first.encoding.filter((one) => one.kind === kind).map(({ column }) => column)
  const settled: ReadingOptions = {
    ...options,
    asCategories: new Set([...options.asCategories, ...kinds('category')]),
    asNumbers: new Set([...options.asNumbers, ...kinds('number')]),
  }
  let last: { readonly known: number; readonly data: Dataset } | undefined
  return {
    count: order.length,
    start,
    labels,
    ripe,
    columns: first.report,
    datasetAt(known) {
      if (last?.known !== known) {
        const { encoding } = known === start ? first : encodingAt(known, settled)
        // Learners need only the order of time.
        const times = Float64Array.from({ length: order.length }, (_, row) => row)
        last = { known, data: { ...featuresIn(ordered, encoding), labels, times } }
      }
      return last.data
    },
  }
}
