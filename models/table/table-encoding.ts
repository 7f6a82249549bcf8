import { DAY_MS } from '../../schemas/durations.ts'
import { nameIn } from './cell-names.ts'
import type { ColumnEncoding } from './column-encoding.ts'
import { nearMissMessages, kindOf, namesOf, type ColumnHints } from './column-kinds.ts'
import { readDate, type DateFormat } from './date-format.ts'
import { isBroken, knownCells, rowsWhere } from './known-cells.ts'
import { inferFileNumberFormat, readNumber } from './number-format.ts'
import { isRowNumber } from './row-numbers.ts'
import { readTime } from './time-format.ts'
import { isAbsent, TableError, type Table, type TableColumn } from './table.ts'
import type { DecimalMark } from './written-numbers.ts'

/** Report on how a column was read. */
export interface ColumnReport {
  readonly column: string
  readonly kind: ColumnEncoding['kind'] | 'left out'
  readonly distinct: number
  readonly missing: number
  readonly note: string
}

export interface TableEncodingOptions extends ColumnHints {
  /** Columns to ignore. */
  readonly leftOut: ReadonlySet<string>
  /** Decimal mark of the file, if given by the user. */
  readonly decimal?: DecimalMark | undefined
  /** Maximum number of categories, by frequency; all others are merged into one. */
  readonly categoriesMax?: number
}

/** Codes must fit into a byte beside those for "other" and missing. */
export const CATEGORIES_MAX = 250
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** Decides the encoding of each column from the given rows only. Throws `TableError` if a column is ambiguous. */
export function fitTableEncoding(
  table: Table,
  rows: Int32Array,
  { leftOut, decimal, categoriesMax = CATEGORIES_MAX, ...hints }: TableEncodingOptions,
): { readonly encoding: readonly ColumnEncoding[]; readonly report: readonly ColumnReport[] } {
  const encoding: ColumnEncoding[] = []
  const report: ColumnReport[] = []
  const style = inferFileNumberFormat(table, rows, decimal)
  for (const column of table.columns) {
    if (leftOut.has(column.name)) continue
    const cells = knownCells(column, rows)
    const missing = rows.length - rowsWhere(cells)
    const seen = { column: column.name, distinct: cells.length, missing }
    const leave = (note: string) => report.push({ ...seen, kind: 'left out', note })
    const isAsked = hints.asNumbers?.has(column.name) === true || hints.asCategories?.has(column.name) === true
    if (cells.length === 0) leave('every cell is missing')
    else if (cells.length === 1 && missing === 0) leave(`every known cell is ${JSON.stringify(cells[0]!.cell)}`)
    else if (!isAsked && isRowNumber(column, rows)) leave('it counts the rows; --numeric keeps it')
    else {
      const found = kindOf(column.name, cells, style, hints)
      if (found === undefined && hints.asNumbers?.has(column.name) === true)
        throw new TableError(`Column ${column.name} has no number: --numeric can't be meant.`)
      if (found === undefined && cells.length > 50 && cells.length > 0.5 * (rows.length - missing)) {
        leave(['nearly every row has a text of its own: a name or free text', ...nearMissMessages(cells)].join('; '))
        continue
      }
      const kept = found ?? namesOf(column.name, cells, Math.min(categoriesMax, CATEGORIES_MAX))
      encoding.push(kept.encoding)
      report.push({ ...seen, kind: kept.encoding.kind, note: kept.note })
    }
  }
  if (encoding.length === 0)
    throw new TableError(
      report.length === 0
        ? 'No column is left to learn from: all are the target, the time or the customer, or dropped.'
        : `No column is left to learn from: ${report.map(({ column, note }) => `${column}: ${note}`).join('; ')}.`,
    )
  return { encoding, report }
}

/** Returns the names of the features of a row, and the category names of those that are codes. */
export function featuresOf(encoding: readonly ColumnEncoding[]): {
  readonly names: readonly string[]
  readonly categories: readonly (readonly string[] | null)[]
} {
  const features = encoding.flatMap((one): (readonly [string, readonly string[] | null])[] =>
    one.kind === 'date'
      ? [
          [one.column, null],
          [`${one.column}.weekday`, WEEKDAYS],
          [`${one.column}.month`, MONTHS],
          ...(one.clock === true ? ([[`${one.column}.hour`, null]] as const) : []),
        ]
      : [[one.column, one.kind === 'category' ? one.categories : null]],
  )
  return { names: features.map(([name]) => name), categories: features.map(([, categories]) => categories) }
}

/** Cells that do not fit the model's encoding of their column. */
export interface UnexpectedCells {
  readonly column: string
  /** `unread`: could not be parsed, and counts as missing; `unknown`: a category that the model has not seen. */
  readonly kind: 'unread' | 'unknown'
  readonly count: number
  /** A few distinct cells, each with its first row. */
  readonly examples: readonly { readonly cell: string; readonly row: number }[]
}

const EXAMPLES = 3

/**
 * Encodes the rows as numbers, NaN for missing cells. Cells that can't be parsed count as missing and unknown
 * categories as "other"; both are reported. Throws `TableError` if a column is missing.
 */
export function encodeTable(
  encoding: readonly ColumnEncoding[],
  table: Table,
): { readonly rows: Float32Array; readonly width: number; readonly unexpected: readonly UnexpectedCells[] } {
  const width = featuresOf(encoding).names.length
  const rows = new Float32Array(table.count * width)
  const byName = new Map(table.columns.map((column) => [column.name, column]))
  const missing = encoding.filter(({ column }) => !byName.has(column)).map(({ column }) => column)
  if (missing.length > 0)
    throw new TableError(
      `The table has no column ${missing.join(', ')}, which the model was trained on. It has: ${[...byName.keys()].join(', ')}.`,
    )
  const unexpected: UnexpectedCells[] = []
  let offset = 0
  for (const one of encoding) {
    const column = byName.get(one.column)!
    const { cells, codes } = column
    const { numbers, width: parts } = numbersOf(one, cells)
    for (let row = 0; row < table.count; row++)
      for (let part = 0; part < parts; part++) rows[row * width + offset + part] = numbers[codes[row]! * parts + part]!
    offset += parts
    unexpected.push(
      ...unexpectedIn(column, 'unread', (code) => Number.isNaN(numbers[code * parts]) && !isMissing(cells[code]!, one)),
    )
    if (one.kind === 'category')
      unexpected.push(...unexpectedIn(column, 'unknown', (code) => numbers[code] === one.categories.length))
  }
  return { rows, width, unexpected }
}

/** Returns whether a cell stands for a missing value in its column. */
export function isMissing(cell: string, encoding: ColumnEncoding): boolean {
  return isAbsent(cell) || (encoding.kind !== 'category' && encoding.standIns?.includes(cell) === true)
}

function unexpectedIn(
  { name, cells, codes }: TableColumn,
  kind: UnexpectedCells['kind'],
  isUnexpected: (code: number) => boolean,
): UnexpectedCells[] {
  const unexpected = new Set(cells.keys().filter(isUnexpected))
  if (unexpected.size === 0) return []
  const first = new Map<number, number>()
  let count = 0
  codes.forEach((code, row) => {
    if (!unexpected.has(code)) return
    count++
    if (first.size < EXAMPLES && !first.has(code)) first.set(code, row)
  })
  const examples = [...first].map(([code, row]) => ({ cell: cells[code]!, row }))
  return count === 0 ? [] : [{ column: name, kind, count, examples }]
}

/** Returns the numbers of each cell, `width` per cell. */
export function numbersOf(
  encoding: ColumnEncoding,
  cells: readonly string[],
): { readonly numbers: Float64Array; readonly width: number } {
  if (encoding.kind === 'date') {
    const width = encoding.clock === true ? 4 : 3
    return { width, numbers: Float64Array.from(cells.flatMap((cell) => dateParts(cell, encoding).slice(0, width))) }
  }
  return { width: 1, numbers: Float64Array.from(cells, valueIn(encoding)) }
}

function valueIn(encoding: Exclude<ColumnEncoding, { readonly kind: 'date' }>): (cell: string) => number {
  if (encoding.kind === 'category') {
    const codes = new Map(encoding.categories.map((category, code) => [nameIn(category, encoding), code]))
    return (cell) => {
      const code = codes.get(nameIn(cell, encoding))
      return code ?? (isAbsent(cell) || isBroken(cell) ? Number.NaN : codes.size)
    }
  }
  const read = (cell: string): number | undefined =>
    encoding.kind === 'time' ? readTime(cell, encoding) : readNumber(cell, encoding)
  return (cell) => (isAbsent(cell) ? Number.NaN : (read(cell) ?? Number.NaN))
}

function dateParts(cell: string, reading: DateFormat): number[] {
  const at = isAbsent(cell) ? undefined : readDate(cell, reading)
  if (at === undefined) return new Array<number>(4).fill(Number.NaN)
  const date = new Date(at)
  const days = at / DAY_MS
  return [days, (date.getUTCDay() + 6) % 7, date.getUTCMonth(), 24 * (days - Math.floor(days))]
}
