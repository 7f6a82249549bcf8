import { DAY_MS } from '../../schemas/durations.ts'
import type { ColumnEncoding } from './column-encoding.ts'
import { numbersOf } from './table-encoding.ts'
import { rowLocation, type Table } from './table.ts'

/** Minimum and maximum of each column of numbers, dates (days since 1970) and times (hours), by column name. */
export type Ranges = Readonly<Record<string, readonly [number, number]>>

/** Values of a column outside the range of the training rows. */
interface OutOfRangeColumn {
  readonly column: string
  readonly lower: number
  readonly upper: number
  readonly below: number
  readonly above: number
  /** The first such cell and its row in the table. */
  readonly cell: string
  readonly row: number
}

export interface OutOfRange {
  /** Number of rows with such a value in any column. */
  readonly rows: number
  readonly of: number
  /** Columns, those with the most such values first. */
  readonly columns: readonly OutOfRangeColumn[]
}

/** Returns the ranges of the given rows. Categorical columns, and those without a known value, have no range. */
export function rangesOf(encoding: readonly ColumnEncoding[], table: Table, rows: Int32Array): Ranges {
  const ranges: Record<string, readonly [number, number]> = {}
  for (const { column, codes, values } of valuesOf(encoding, table)) {
    let [lower, upper] = [Infinity, -Infinity]
    for (const row of rows) {
      const value = values(codes[row]!)
      if (value < lower) lower = value
      if (value > upper) upper = value
    }
    if (lower <= upper) ranges[column] = [lower, upper]
  }
  return ranges
}

/** Counts the given rows with values outside the ranges. A row counts once, however many such values it has. */
export function findOutOfRange(
  encoding: readonly ColumnEncoding[],
  ranges: Ranges,
  table: Table,
  rows: Int32Array,
): OutOfRange {
  const isOutOfRange = new Uint8Array(table.count)
  const columns: OutOfRangeColumn[] = []
  for (const { column, codes, cells, values } of valuesOf(encoding, table)) {
    const range = ranges[column]
    if (range === undefined) continue
    const [lower, upper] = range
    let [below, above, first] = [0, 0, -1]
    for (const row of rows) {
      const value = values(codes[row]!)
      if (!(value < lower || value > upper)) continue
      if (value < lower) below++
      else above++
      isOutOfRange[row] = 1
      if (first === -1) first = row
    }
    if (first !== -1) columns.push({ column, lower, upper, below, above, cell: cells[codes[first]!]!, row: first })
  }
  columns.sort((one, other) => other.below + other.above - one.below - one.above)
  return { rows: isOutOfRange.reduce((sum, one) => sum + one, 0), of: rows.length, columns }
}

/** Maximum number of columns to name in the warning. */
const NAMED_MAX = 10

/** Returns a warning with the rows and columns concerned; `undefined` if there are none. */
export function outOfRangeNote(
  encoding: readonly ColumnEncoding[],
  table: Table,
  { rows, of, columns }: OutOfRange,
): string | undefined {
  if (rows === 0) return undefined
  const others = columns.length - NAMED_MAX
  const kinds = new Map(encoding.map(({ column, kind }) => [column, kind]))
  const words = columns.slice(0, NAMED_MAX).map(({ column, lower, upper, below, above, cell, row }) => {
    const shown = (value: number) =>
      kinds.get(column) === 'date' ? dayWords(value) : String(Number(value.toPrecision(6)))
    const sides = [
      ...(below > 0 ? [`${below} below ${shown(lower)}`] : []),
      ...(above > 0 ? [`${above} above ${shown(upper)}`] : []),
    ]
    return `${column} ${sides.join(' and ')} (${JSON.stringify(cell)}, ${rowLocation(table, row)})`
  })
  return `${rows} of ${of} rows are outside the range of the rows that the model learned from, so that their scores are extrapolated: ${words.join(', ')}${others > 0 ? `, and ${others} more columns` : ''}.`
}

function dayWords(days: number): string {
  return new Date(days * DAY_MS).toISOString().slice(0, 10)
}

/** Yields for each column a function from a cell's code to its value, NaN if it has none. */
function* valuesOf(encoding: readonly ColumnEncoding[], table: Table) {
  const byName = new Map(table.columns.map((column) => [column.name, column]))
  for (const one of encoding) {
    if (one.kind === 'category') continue
    const { cells, codes } = byName.get(one.column)!
    const { numbers, width } = numbersOf(one, cells)
    yield { column: one.column, cells, codes, values: (code: number) => numbers[code * width]! }
  }
}
