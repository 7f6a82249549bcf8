import { DAY_MS } from '../../schemas/durations.ts'
import { dateIn, numberIn, type NumberStyle } from './cells.ts'
import { isAbsent, TableError, type Table, type TableColumn } from './table.ts'

/** How a column becomes numbers; part of the model, so that a row means the same whenever it is scored. */
export type ColumnEncoding =
  | { readonly kind: 'number'; readonly column: string; readonly style: NumberStyle }
  /** Days since 1970, the day of the week from Monday (0), the month from January (0). */
  | { readonly kind: 'date'; readonly column: string }
  /** The place in the list; as large as the list is long for any other one. */
  | { readonly kind: 'category'; readonly column: string; readonly categories: readonly string[] }

/** What was found out about a column and done with it. */
export interface ColumnReport {
  readonly column: string
  readonly kind: ColumnEncoding['kind'] | 'left out'
  readonly distinct: number
  readonly missing: number
  readonly note: string
}

export interface TableEncodingOptions {
  /** Columns that are neither read nor needed. */
  readonly leftOut: ReadonlySet<string>
  /** Columns whose numbers are names. */
  readonly asCategories?: ReadonlySet<string>
  /** The most frequent categories that are kept; all others are one. */
  readonly categoriesMax?: number
}

/** A code must find room in a byte beside those for "other" and missing. */
const CATEGORIES_MAX = 250
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

/** Guesses from the given rows alone what each column is. */
export function fitTableEncoding(
  table: Table,
  rows: Int32Array,
  { leftOut, asCategories = new Set(), categoriesMax = CATEGORIES_MAX }: TableEncodingOptions,
): { readonly encoding: readonly ColumnEncoding[]; readonly report: readonly ColumnReport[] } {
  const encoding: ColumnEncoding[] = []
  const report: ColumnReport[] = []
  for (const column of table.columns) {
    if (leftOut.has(column.name)) continue
    const counts = countCells(column, rows)
    const known = [...counts.keys()].filter((cell) => !isAbsent(cell))
    const missing = rows.length - known.reduce((sum, cell) => sum + counts.get(cell)!, 0)
    const seen = { column: column.name, distinct: known.length, missing }
    if (known.length < 2) {
      const note = known.length === 0 ? 'every cell is missing' : `every known cell is ${JSON.stringify(known[0])}`
      if (known.length === 0 || missing === 0) {
        report.push({ ...seen, kind: 'left out', note })
        continue
      }
    }
    const found = asCategories.has(column.name) ? undefined : numbersOrDates(column.name, known)
    if (found !== undefined) {
      encoding.push(found)
      report.push({
        ...seen,
        kind: found.kind,
        note: found.kind === 'number' && found.style === 'comma' ? 'decimal comma' : '',
      })
      continue
    }
    if (known.length > 50 && known.length > 0.5 * (rows.length - missing)) {
      report.push({ ...seen, kind: 'left out', note: 'nearly every row has a text of its own: a name or free text' })
      continue
    }
    const categories = known
      .sort((a, b) => counts.get(b)! - counts.get(a)! || (a < b ? -1 : 1))
      .slice(0, Math.min(categoriesMax, CATEGORIES_MAX))
    encoding.push({ kind: 'category', column: column.name, categories })
    const others = known.length - categories.length
    report.push({ ...seen, kind: 'category', note: others > 0 ? `the ${others} rarest are one category` : '' })
  }
  if (encoding.length === 0)
    throw new TableError(
      `No column is left to learn from: ${report.map(({ column, note }) => `${column}: ${note}`).join('; ')}.`,
    )
  return { encoding, report }
}

function countCells({ cells, codes }: TableColumn, rows: Int32Array): Map<string, number> {
  const counts = new Int32Array(cells.length)
  for (const row of rows) counts[codes[row]!]!++
  return new Map(cells.flatMap((cell, code) => (counts[code]! > 0 ? [[cell, counts[code]!] as const] : [])))
}

function numbersOrDates(column: string, known: readonly string[]): ColumnEncoding | undefined {
  for (const style of ['point', 'comma'] as const)
    if (known.every((cell) => numberIn(cell, style) !== undefined)) return { kind: 'number', column, style }
  return known.every((cell) => dateIn(cell) !== undefined) ? { kind: 'date', column } : undefined
}

/** Names of the numbers of a row, and the categories behind those that are codes. */
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
        ]
      : [[one.column, one.kind === 'category' ? one.categories : null]],
  )
  return { names: features.map(([name]) => name), categories: features.map(([, categories]) => categories) }
}

/** Cells that were no number or date where the model's columns are. */
export interface StrangeCells {
  readonly column: string
  readonly count: number
  readonly example: string
}

/**
 * The rows as numbers, NaN where a cell is missing. A cell that is neither a number nor a date where one is wanted
 * counts as missing and is reported; throws `TableError` for a column that is not there and for an infinite number.
 */
export function encodeTable(
  encoding: readonly ColumnEncoding[],
  table: Table,
): { readonly rows: Float32Array; readonly width: number; readonly strange: readonly StrangeCells[] } {
  const width = featuresOf(encoding).names.length
  const rows = new Float32Array(table.count * width)
  const byName = new Map(table.columns.map((column) => [column.name, column]))
  const missing = encoding.filter(({ column }) => !byName.has(column)).map(({ column }) => column)
  if (missing.length > 0)
    throw new TableError(
      `The table has no column ${missing.join(', ')}, which the model was trained on. It has: ${[...byName.keys()].join(', ')}.`,
    )
  const strange: StrangeCells[] = []
  let place = 0
  for (const one of encoding) {
    const { cells, codes } = byName.get(one.column)!
    const { numbers, width: parts } = numbersOf(one, cells)
    for (let row = 0; row < table.count; row++)
      for (let part = 0; part < parts; part++) rows[row * width + place + part] = numbers[codes[row]! * parts + part]!
    place += parts
    const unread = new Set(
      cells.keys().filter((code) => Number.isNaN(numbers[code * parts]) && !isAbsent(cells[code]!)),
    )
    const count = unread.size === 0 ? 0 : codes.reduce((sum, code) => sum + (unread.has(code) ? 1 : 0), 0)
    if (count > 0) strange.push({ column: one.column, count, example: cells[unread.values().next().value!]! })
  }
  return { rows, width, strange }
}

/** The numbers of each different cell, side by side. */
function numbersOf(
  encoding: ColumnEncoding,
  cells: readonly string[],
): { readonly numbers: Float64Array; readonly width: number } {
  if (encoding.kind === 'date') return { width: 3, numbers: Float64Array.from(cells.flatMap(dateParts)) }
  const codes =
    encoding.kind === 'category' ? new Map(encoding.categories.map((category, code) => [category, code])) : null
  const numbers = Float64Array.from(cells, (cell) => {
    if (isAbsent(cell) && codes?.has(cell) !== true) return Number.NaN
    if (encoding.kind === 'category') return codes!.get(cell) ?? codes!.size
    const value = numberIn(cell, encoding.style) ?? Number.NaN
    if (Number.isFinite(value) ? Number.isFinite(Math.fround(value)) : Number.isNaN(value)) return value
    throw new TableError(
      `Column ${encoding.column} has the cell ${JSON.stringify(cell)}: a number must be finite. Leave the cell empty if it is not known.`,
    )
  })
  return { numbers, width: 1 }
}

function dateParts(cell: string): number[] {
  const at = isAbsent(cell) ? undefined : dateIn(cell)
  if (at === undefined) return [Number.NaN, Number.NaN, Number.NaN]
  const date = new Date(at)
  return [at / DAY_MS, (date.getUTCDay() + 6) % 7, date.getUTCMonth()]
}
