import type { Dataset } from '../../../models/model.ts'
import { chosenRows, groupSplit, randomSplit, timeSplit, type Split } from '../../../models/split.ts'
import type { ColumnEncoding } from '../../../models/table/column-encoding.ts'
import {
  CATEGORIES_MAX,
  encodeTable,
  featuresOf,
  fitTableEncoding,
  type ColumnReport,
  type UnexpectedCells,
} from '../../../models/table/table-encoding.ts'
import {
  columnNamed,
  isAbsent,
  rowLocation,
  TableError,
  type Table,
  type TableColumn,
} from '../../../models/table/table.ts'
import { nameIn, inferNameFormat } from '../../../models/table/cell-names.ts'
import { totalsRows } from '../../../models/table/totals-row.ts'
import { rejectFormatMismatch } from '../../../models/table/format-mismatch.ts'
import { copiedRows, copiedRowsMessage } from '../../../models/table/copied-rows.ts'
import { knownCells } from '../../../models/table/known-cells.ts'
import { inferFileNumberFormat, type FileNumberFormat } from '../../../models/table/number-format.ts'
import {
  inferTarget,
  readTarget,
  unknownClasses,
  readTimes,
  type Target,
  type TargetOptions,
  type TargetEncoding,
} from '../../../models/table/target.ts'
import type { DateOrder } from '../../../models/table/written-dates.ts'
import {
  findOutOfRange,
  outOfRangeNote,
  rangesOf,
  type OutOfRange,
  type Ranges,
} from '../../../models/table/training-ranges.ts'
import type { DecimalMark } from '../../../models/table/written-numbers.ts'
import { pickedRows } from '../../../models/picked-rows.ts'
import { leakyFeatures, leakageNote } from './leaky-features.ts'

export interface TableDataOptions extends TargetOptions {
  readonly target: string
  /** Column with the time at which a row was known. */
  readonly time?: string | undefined
  /** Whether the rows are in time order although no column holds the time. */
  readonly ordered?: boolean | undefined
  /**
   * Group column, such as a customer id: rows of a group are resampled together for intervals, and stay on one side of
   * a random split.
   */
  readonly customer?: string | undefined
  /** Columns that were unknown at the time of scoring or must not be used. */
  readonly drop: readonly string[]
  /** Columns whose numbers are categories. */
  readonly asCategories: readonly string[]
  /** Columns to read as numbers, however many of their cells are not numeric. */
  readonly asNumbers?: readonly string[]
  /** Decimal mark of the file, for cells that could be read with either. */
  readonly decimal?: DecimalMark | undefined
  /** Order of dates, for those that could be read in two ways. */
  readonly dates?: DateOrder | undefined
  /** Number of rows at the end of the table that form the test set; nothing is learned from them. */
  readonly testRows?: number | undefined
  /** Number of rows before them that are used for model selection and early stopping. */
  readonly validationRows?: number | undefined
  readonly seed: number
}

/** A table prepared for training, with its rows in time order if they have a time. */
export interface TableData {
  readonly kind: 'classification' | 'regression'
  readonly data: Dataset
  readonly split: Split
  readonly encoding: readonly ColumnEncoding[]
  readonly columns: readonly ColumnReport[]
  /** Ranges of the columns in the training rows. */
  readonly ranges: Ranges
  /** Test rows outside these ranges. */
  readonly outOfRange: OutOfRange
  /** Index of each row in the table. */
  readonly tableRows: Int32Array
  /** The cell that means 1, for two classes. */
  readonly positive: string | null
  /** The classes that labels index, if there are several; `null` for two classes or regression. */
  readonly classes: readonly string[] | null
  /** Description of how the test rows were chosen. */
  readonly splitWords: string
  readonly notes: readonly string[]
}

const TEST_SHARE = 0.2
/** Minimum number of rows to train and measure on. */
const ROWS_MIN = 20

/**
 * Decides the kind of each column on the training rows alone, and encodes all rows accordingly. Throws `TableError`.
 */
export function tableData(table: Table, options: TableDataOptions): TableData {
  const { time, customer, drop, asCategories, asNumbers = [], decimal, dates } = options
  const named = (names: readonly string[]) => names.map((name) => columnNamed(table, name).name)
  const target = columnNamed(table, options.target).name
  const totals = endsOfFiles(table, options).flatMap((end) => totalsRows(table, end))
  const { rowsOfTest, style, targetReading } = targetOf(table, target, totals, options)
  const found = readTarget(table, targetReading)
  const known = withoutRows(found, totals)
  const { kind, rows, labels, positive, classes } = known
  if (rows.length < ROWS_MIN)
    throw new TableError(`${rows.length} rows have a ${target}; ${ROWS_MIN} are needed at least.`)
  const parts = splitRows(table, known, style, options)
  const { order, tableRows, times, customers, validationMask, split, splitWords } = parts
  const trainRows = split.train.map((place) => tableRows[place]!)
  const dropped = [target, ...[time, customer].filter((one) => one !== undefined), ...drop]
  const { encoding, report } = fitTableEncoding(table, trainRows, {
    leftOut: new Set(named(dropped)),
    asCategories: new Set(named(asCategories)),
    asNumbers: new Set(named(asNumbers)),
    decimal,
    dates,
  })
  rejectFormatMismatch(table, rowsOfTest, encoding)
  const { rows: numbers, width, unexpected } = encodeTable(encoding, table)
  const ranges = rangesOf(encoding, table, trainRows)
  const testRows = split.test.map((place) => tableRows[place]!)
  const outOfRange = findOutOfRange(encoding, ranges, table, testRows)
  const notesOnRanges = outOfRangeNote(encoding, table, outOfRange)
  const { names, categories } = featuresOf(encoding)
  const data: Dataset = {
    count: tableRows.length,
    width,
    rows: pickedRows(numbers, width, tableRows),
    texts: [],
    featureNames: names,
    categories,
    labels: Float64Array.from(order, (place) => labels[place]!),
    times,
    customers,
    validationMask,
    ...(classes === null ? {} : { classes }),
  }
  const older = chosenRows(data, split.train)
  const copies = copiedRows(older, chosenRows(data, split.test))
  return {
    kind,
    data,
    split,
    encoding,
    columns: report,
    ranges,
    outOfRange,
    tableRows,
    positive,
    classes,
    splitWords,
    notes: [
      ...totals.map(
        (row) => `The row at ${rowLocation(table, row)} holds sums or means of the others and was left out.`,
      ),
      ...notesOnTarget(table, targetReading, found),
      ...leakyFeatures(older, kind).map((name) => leakageNote(name, target)),
      ...(copies === 0 ? [] : [copiedRowsMessage(copies, split.test.length)]),
      ...unexpected.filter((one) => isNews(one, encoding)).map((one) => unexpectedCellsNote(table, one)),
      ...(notesOnRanges === undefined ? [] : [`Test rows: ${notesOnRanges}`]),
    ],
  }
}

/** Returns the row index after the end of each file that the table was read from. */
function endsOfFiles({ count }: Table, { testRows = 0, validationRows = 0 }: TableDataOptions): number[] {
  return [...new Set([count - testRows - validationRows, count - testRows, count])]
}

/**
 * Decides the kind of the target by the rows before a separate test set, from which nothing is learned, not even the
 * classes. Throws `TableError` if the test set writes the target differently.
 */
function targetOf(table: Table, target: string, totals: readonly number[], options: TableDataOptions) {
  const { testRows = 0, decimal } = options
  const rows = Int32Array.from({ length: table.count }, (_, row) => row).filter((row) => !totals.includes(row))
  const rowsOfTest = rows.filter((row) => row >= table.count - testRows)
  const before = rows.slice(0, rows.length - rowsOfTest.length)
  const style = inferFileNumberFormat(table, before, decimal)
  const targetReading = inferTarget(table, target, style, options, before)
  refuseUnknownClasses(table, targetReading, rowsOfTest)
  const { numbers } = targetReading
  if (numbers !== undefined) rejectFormatMismatch(table, rowsOfTest, [{ kind: 'number', column: target, ...numbers }])
  return { rowsOfTest, style, targetReading }
}

function refuseUnknownClasses(table: Table, reading: TargetEncoding, rows: Int32Array): void {
  const unknown = unknownClasses(table, reading, rows)
  if (unknown.length === 0) return
  const shown = unknown.slice(0, 5).map((name) => JSON.stringify(name))
  throw new TableError(
    `The test has rows whose ${reading.column} no training row has: ${shown.join(', ')}${unknown.length > 5 ? ', …' : ''}. Write them as the training rows are, or take those rows out.`,
  )
}

function withoutRows(target: Target, rows: readonly number[]): Target {
  if (rows.length === 0) return target
  const kept = [...target.rows.keys()].filter((place) => !rows.includes(target.rows[place]!))
  return {
    ...target,
    rows: Int32Array.from(kept, (place) => target.rows[place]!),
    labels: Float64Array.from(kept, (place) => target.labels[place]!),
  }
}

/** Orders the labelled rows by time, and chooses the test rows. */
function splitRows(
  table: Table,
  { rows }: Target,
  style: FileNumberFormat,
  { target, time, ordered = false, customer, dates, testRows, validationRows = 0, seed }: TableDataOptions,
) {
  const moments = time === undefined ? undefined : readTimes(table, time, dates, style).times
  const order = inOrderOfTime(rows, moments)
  const tableRows = order.map((place) => rows[place]!)
  const times = Float64Array.from(tableRows, (row, place) =>
    moments === undefined ? (ordered ? place : Number.NaN) : moments[row]!,
  )
  const byTime = moments !== undefined || ordered
  const customers = customer === undefined ? undefined : customersOf(columnNamed(table, customer), tableRows)
  const heldFrom = table.count - (testRows ?? 0) - validationRows
  const validationMask =
    validationRows === 0
      ? undefined
      : Uint8Array.from(tableRows, (row) => (row >= heldFrom && row < heldFrom + validationRows ? 1 : 0))
  const common = { order, tableRows, times, customers, validationMask }
  if (testRows !== undefined) {
    const split = splitAfter(tableRows, table.count - testRows)
    if (split.test.length === 0) throw new TableError(`No row of the test has a ${target}.`)
    return { ...common, split, splitWords: 'the rows of a file of their own' }
  }
  const split = splitBesides(validationMask, tableRows.length, (places) =>
    byTime
      ? timeSplit(
          Float64Array.from(places, (place) => times[place]!),
          TEST_SHARE,
        )
      : splitAtRandom(places.length, customers && places.map((place) => customers[place]!), seed),
  )
  if (split.test.length === 0)
    throw new TableError(`All rows have the same ${time ?? 'time'}: none are newer than others, to measure on.`)
  return { ...common, split, splitWords: describeSplit(byTime, time, customer) }
}

/** Splits the rows so that those held out for model selection are part of the training rows, and never of the test. */
function splitBesides(held: Uint8Array | undefined, count: number, split: (places: Int32Array) => Split): Split {
  const places = Int32Array.from({ length: count }, (_, place) => place)
  if (held === undefined) return split(places)
  const free = places.filter((place) => held[place] === 0)
  const { train, test } = split(free)
  return {
    train: Int32Array.from([...train.map((at) => free[at]!), ...places.filter((place) => held[place] === 1)]).sort(),
    test: test.map((at) => free[at]!),
  }
}

function describeSplit(byTime: boolean, time: string | undefined, customer: string | undefined): string {
  if (byTime)
    return `the newest ${100 * TEST_SHARE} % of the rows${time === undefined ? ', in the order of the table' : ` by ${time}`}`
  return customer === undefined
    ? `${100 * TEST_SHARE} % of the rows drawn at random: nothing says when they were known`
    : `the rows of ${100 * TEST_SHARE} % of all ${customer}, drawn at random: nothing says when they were known`
}

function notesOnTarget(table: Table, { column, note }: TargetEncoding, { rows, unread }: Target): string[] {
  const missing = table.count - rows.length
  const unexpected = { column, kind: 'unread', count: unread.length, examples: unread.slice(0, 3) } as const
  return [
    ...(missing > 0
      ? [
          `${missing === 1 ? '1 row' : `${missing} rows`} without a ${column} ${missing === 1 ? 'was' : 'were'} left out.`,
        ]
      : []),
    ...(unread.length > 0 ? [unexpectedCellsNote(table, unexpected)] : []),
    ...(note === '' ? [] : [`Target ${column}: ${note}.`]),
  ]
}

/**
 * Returns whether unreadable or unseen cells are worth a note. Rare training categories share one code, so unseen
 * categories are news only if every training category has a code of its own.
 */
function isNews({ kind, column }: UnexpectedCells, encoding: readonly ColumnEncoding[]): boolean {
  const known = encoding.find((one) => one.column === column)
  return kind === 'unread' || (known?.kind === 'category' && known.categories.length < CATEGORIES_MAX)
}

/** Describes unreadable or unseen cells: how many, where, examples, and how they were treated. */
export function unexpectedCellsNote(table: Table, { column, kind, count, examples }: UnexpectedCells): string {
  const shown = examples.map(({ cell, row }) => `${JSON.stringify(cell)} (${rowLocation(table, row)})`).join(', ')
  const cells = count === 1 ? '1 cell' : `${count} cells`
  return kind === 'unread'
    ? `${cells} of ${column} can't be read as what the column is and ${count === 1 ? 'counts' : 'count'} as missing: ${shown}.`
    : `${cells} of ${column} ${count === 1 ? 'is a category' : 'are categories'} that the model has not seen, and ${count === 1 ? 'counts' : 'count'} as any other: ${shown}.`
}

/** Returns indices into `rows`, oldest first. */
function inOrderOfTime(rows: Int32Array, moments: Float64Array | undefined): Int32Array {
  const places = Int32Array.from(rows.keys())
  return moments === undefined ? places : places.sort((a, b) => moments[rows[a]!]! - moments[rows[b]!]! || a - b)
}

/** Numbers the customer of each row; a row with a missing cell counts as a separate customer. */
function customersOf(column: TableColumn, tableRows: Int32Array): Int32Array {
  const { cells, codes } = column
  const names = cellNames(column, tableRows)
  const numbers = new Map([...new Set(names)].map((name, number) => [name, number]))
  return tableRows.map((row) =>
    isAbsent(cells[codes[row]!]!) ? cells.length + row : numbers.get(names[codes[row]!]!)!,
  )
}

/** Returns the name of each distinct cell of a column. */
export function cellNames(column: TableColumn, rows: Int32Array): string[] {
  const reading = inferNameFormat(knownCells(column, rows).map(({ cell }) => cell))
  return column.cells.map((cell) => nameIn(cell, reading))
}

function splitAfter(tableRows: Int32Array, rows: number): Split {
  const places = Int32Array.from(tableRows.keys())
  return {
    train: places.filter((place) => tableRows[place]! < rows),
    test: places.filter((place) => tableRows[place]! >= rows),
  }
}

function splitAtRandom(count: number, customers: Int32Array | undefined, seed: number): Split {
  return customers === undefined
    ? randomSplit(count, TEST_SHARE, seed)
    : groupSplit(Array.from(customers, String), TEST_SHARE, seed)
}
