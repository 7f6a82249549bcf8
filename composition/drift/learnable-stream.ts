import type { Dataset } from '../../models/model.ts'
import { encodeTable, featuresOf, fitTableEncoding, type ColumnReport } from '../../models/table/table-encoding.ts'
import type { ColumnEncoding } from '../../models/table/column-encoding.ts'
import type { DateOrder } from '../../models/table/written-dates.ts'
import type { NumberStyle } from '../../models/table/written-numbers.ts'
import type { Table } from '../../models/table/table.ts'
import type { StreamTable } from './stream-table.ts'

/** A stream with labels that ripen, as learners see it. Rows are counted in order of time. */
export interface LearnableStream {
  readonly count: number
  /** The first row that is scored. */
  readonly start: number
  /** 1 or 0; NaN where it is never known. */
  readonly labels: Float64Array
  /** How many of the first rows have ripe labels when each row is scored. */
  readonly ripe: Int32Array
  /** What the columns are by the start rows. */
  readonly columns: readonly ColumnReport[]
  /** All rows as numbers, as one could read them when `known` rows had come; labels are those of all rows. */
  readAs(known: number): Dataset
}

export interface ReadingOptions {
  readonly leftOut: ReadonlySet<string>
  readonly asCategories: ReadonlySet<string>
  readonly asNumbers: ReadonlySet<string>
  readonly decimal?: NumberStyle | undefined
  readonly dates?: DateOrder | undefined
}

/**
 * What each column is was decided by the start rows. A later training may know more categories, and columns that had no
 * values or a single one until then; it looks at no row that had not come yet.
 */
export function learnableStream(
  stream: StreamTable,
  labels: Float64Array,
  ripe: Int32Array,
  start: number,
  options: ReadingOptions,
): LearnableStream {
  const { order } = stream
  const ordered: Table = {
    ...stream.table,
    columns: stream.table.columns.map((column) => ({
      ...column,
      codes: Int32Array.from(order, (row) => column.codes[row]!),
    })),
  }
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
    readAs(known) {
      if (last?.known !== known) {
        const { encoding } = known === start ? first : encodingAt(known, settled)
        last = { known, data: datasetOf(ordered, encoding, labels) }
      }
      return last.data
    },
  }
}

function datasetOf(table: Table, encoding: readonly ColumnEncoding[], labels: Float64Array): Dataset {
  const { rows, width } = encodeTable(encoding, table)
  for (let at = 0; at < rows.length; at++) if (!Number.isFinite(rows[at]!)) rows[at] = Number.NaN
  const { names, categories } = featuresOf(encoding)
  return {
    count: table.count,
    width,
    rows,
    texts: [],
    featureNames: names,
    categories,
    labels,
    // Order is all that learners need of the time.
    times: Float64Array.from({ length: table.count }, (_, row) => row),
  }
}
