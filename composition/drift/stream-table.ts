import { kindOf, namesOf, type ColumnHints } from '../../models/table/column-kinds.ts'
import { nameIn } from '../../models/table/cell-names.ts'
import { isDate } from '../../models/table/date-format.ts'
import { knownCells } from '../../models/table/known-cells.ts'
import { inferFileNumberFormat, type FileNumberFormat } from '../../models/table/number-format.ts'
import { columnNamed, TableError, type Table, type TableColumn } from '../../models/table/table.ts'
import { readTimes } from '../../models/table/target.ts'
import type { DateOrder } from '../../models/table/written-dates.ts'
import type { DecimalMark } from '../../models/table/written-numbers.ts'

/** A table as a stream: its rows in time order. */
export interface StreamTable {
  readonly table: Table
  readonly style: FileNumberFormat
  /** Row indexes of the table, oldest first; rows with the same time stay in file order. */
  readonly order: Int32Array
  /** Times in that order, in ms for dates; `undefined` without a time column. */
  readonly times: Float64Array | undefined
  readonly timesAreDates: boolean
  readonly timeColumn: string | undefined
  readonly notes: readonly string[]
}

export interface StreamOptions {
  readonly time?: string | undefined
  readonly decimal?: DecimalMark | undefined
  readonly dates?: DateOrder | undefined
}

/** Sorts a table by time. Throws `TableError` for an unreadable time. */
export function streamTable(table: Table, { time, decimal, dates }: StreamOptions): StreamTable {
  const style = inferFileNumberFormat(table, allRows(table.count), decimal)
  const order = allRows(table.count)
  if (time === undefined)
    return { table, style, order, times: undefined, timesAreDates: false, timeColumn: undefined, notes: [] }
  const column = columnNamed(table, time)
  const { times } = readTimes(table, time, dates, style)
  const moved = order.reduce((sum, row) => sum + (row > 0 && times[row]! < times[row - 1]! ? 1 : 0), 0)
  order.sort((a, b) => times[a]! - times[b]! || a - b)
  const sorted = Float64Array.from(order, (row) => times[row]!)
  const instants = new Set(sorted).size
  if (instants === 1)
    throw new TableError(
      `The time ${time} is the same in all ${table.count} rows: it gives them no order. Leave --time out.`,
    )
  const dated = column.cells.find((cell) => isDate(cell)) !== undefined
  return {
    table,
    style,
    order,
    times: sorted,
    timesAreDates: dated,
    timeColumn: column.name,
    notes: [
      ...(moved > 0
        ? [
            `The file is not in order of ${time} (${moved} rows are older than the one above): rows are counted in order of time.`,
          ]
        : []),
      ...(instants < table.count
        ? [
            `${table.count - instants} of ${table.count} rows share their ${time} with others: these stay in the order of the file.`,
          ]
        : []),
    ],
  }
}

export interface ReadColumn {
  readonly kind: 'number' | 'date' | 'category'
  readonly note: string
  /** Number of each distinct cell; NaN if missing or unreadable. Only for numbers and times of day. */
  readonly numbers?: Float64Array
  /** Category name of each distinct cell. */
  readonly names: readonly string[]
}

/** Returns the kind and values of a column, decided by the given rows, or by all rows if these have no known cell. */
export function readColumn(
  { table, style }: StreamTable,
  column: TableColumn,
  rows: Int32Array,
  hints: ColumnHints,
  numbersOf: (encoding: NonNullable<ReturnType<typeof kindOf>>['encoding'], cells: readonly string[]) => Float64Array,
): ReadColumn {
  const first = knownCells(column, rows)
  const cells = first.length > 0 ? first : knownCells(column, allRows(table.count))
  const found = kindOf(column.name, cells, style, hints)
  if (found?.encoding.kind === 'number' || found?.encoding.kind === 'time')
    return { kind: 'number', note: found.note, numbers: numbersOf(found.encoding, column.cells), names: [] }
  if (found?.encoding.kind === 'date') return { kind: 'date', note: found.note, names: [] }
  const { encoding, note } = namesOf(column.name, cells, Infinity)
  const reading = encoding.kind === 'category' ? encoding : {}
  return { kind: 'category', note, names: column.cells.map((cell) => nameIn(cell, reading)) }
}

function allRows(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, row) => row)
}
