import type { Dataset } from '../../../models/model.ts'
import { groupSplit, randomSplit, timeSplit, type Split } from '../../../models/split.ts'
import {
  encodeTable,
  featuresOf,
  fitTableEncoding,
  type ColumnEncoding,
  type ColumnReport,
  type StrangeCells,
} from '../../../models/table/table-encoding.ts'
import { columnNamed, isAbsent, TableError, type Table, type TableColumn } from '../../../models/table/table.ts'
import { readTarget, readTimes, type TargetOptions } from '../../../models/table/target.ts'

export interface TableDataOptions extends TargetOptions {
  readonly target: string
  /** A column that says when a row was known. */
  readonly time?: string | undefined
  /** The rows are in order of time, though no column says when they were known. */
  readonly ordered?: boolean | undefined
  /**
   * The group column (such as a customer id): rows of a group are resampled together for intervals, and stay on one
   * side of a random split.
   */
  readonly customer?: string | undefined
  /** Columns that were not known at the moment of scoring, or must not be used. */
  readonly drop: readonly string[]
  /** Columns whose numbers are names. */
  readonly asCategories: readonly string[]
  readonly seed: number
}

/** A table ready to learn from: its rows in order of time where there is one. */
export interface TableData {
  readonly kind: 'classification' | 'regression'
  readonly data: Dataset
  readonly split: Split
  readonly encoding: readonly ColumnEncoding[]
  readonly columns: readonly ColumnReport[]
  /** The index of each row in the table. */
  readonly tableRows: Int32Array
  /** For classification: the cell that means 1. */
  readonly positive: string | null
  /** How the test rows were chosen, in words. */
  readonly splitWords: string
  readonly notes: readonly string[]
}

const TEST_SHARE = 0.2
/** With fewer rows there is nothing to measure on. */
const ROWS_MIN = 20

/** Decides what each column is, on the training rows alone, and reads all rows by it. Throws `TableError`. */
export function tableData(table: Table, options: TableDataOptions): TableData {
  const { target, time, ordered = false, customer, drop, asCategories, seed } = options
  for (const name of [...drop, ...asCategories]) columnNamed(table, name)
  const { kind, rows, labels, positive } = readTarget(table, target, options)
  if (rows.length < ROWS_MIN)
    throw new TableError(`${rows.length} rows have a ${target}; ${ROWS_MIN} are needed at least.`)
  const moments = time === undefined ? undefined : readTimes(table, time)
  const order = inOrderOfTime(rows, moments)
  const tableRows = order.map((place) => rows[place]!)
  const times = Float64Array.from(tableRows, (row, place) =>
    moments === undefined ? (ordered ? place : Number.NaN) : moments[row]!,
  )
  const byTime = moments !== undefined || ordered
  const customers = customer === undefined ? undefined : customersOf(columnNamed(table, customer), tableRows)
  const split = byTime ? timeSplit(times, TEST_SHARE) : splitAtRandom(rows.length, customers, seed)
  if (split.test.length === 0)
    throw new TableError(`All rows have the same ${time ?? 'time'}: none are newer than others, to measure on.`)
  const trainRows = split.train.map((place) => tableRows[place]!)
  const leftOut = new Set([
    target,
    ...(time === undefined ? [] : [time]),
    ...(customer === undefined ? [] : [customer]),
    ...drop,
  ])
  const { encoding, report } = fitTableEncoding(table, trainRows, { leftOut, asCategories: new Set(asCategories) })
  const { rows: numbers, width, strange } = encodeTable(encoding, table)
  const { names, categories } = featuresOf(encoding)
  const picked = new Float32Array(tableRows.length * width)
  tableRows.forEach((row, place) => picked.set(numbers.subarray(row * width, (row + 1) * width), place * width))
  const data: Dataset = {
    count: tableRows.length,
    width,
    rows: picked,
    texts: [],
    featureNames: names,
    categories,
    labels: Float64Array.from(order, (place) => labels[place]!),
    times,
    customers,
  }
  const missing = table.count - rows.length
  return {
    kind,
    data,
    split,
    encoding,
    columns: report,
    tableRows,
    positive,
    splitWords: byTime
      ? `the newest ${100 * TEST_SHARE} % of the rows${time === undefined ? ', in the order of the table' : ` by ${time}`}`
      : customer === undefined
        ? `${100 * TEST_SHARE} % of the rows drawn at random: nothing says when they were known`
        : `the rows of ${100 * TEST_SHARE} % of all ${customer}, drawn at random: nothing says when they were known`,
    notes: [
      ...(missing > 0 ? [`${missing} rows without a ${target} were left out.`] : []),
      ...strange.map(strangeWords),
    ],
  }
}

export function strangeWords({ column, count, example }: StrangeCells): string {
  return `${count} cells of ${column} are not what the column is, ${JSON.stringify(example)} for example, and count as missing.`
}

/** Places in `rows`, the oldest first. */
function inOrderOfTime(rows: Int32Array, moments: Float64Array | undefined): Int32Array {
  const places = Int32Array.from(rows.keys())
  return moments === undefined ? places : places.sort((a, b) => moments[rows[a]!]! - moments[rows[b]!]! || a - b)
}

/** Each row's customer by a number; a cell that is missing is a customer of its own. */
function customersOf({ cells, codes }: TableColumn, tableRows: Int32Array): Int32Array {
  return tableRows.map((row) => (isAbsent(cells[codes[row]!]!) ? cells.length + row : codes[row]!))
}

function splitAtRandom(count: number, customers: Int32Array | undefined, seed: number): Split {
  return customers === undefined
    ? randomSplit(count, TEST_SHARE, seed)
    : groupSplit(Array.from(customers, String), TEST_SHARE, seed)
}
