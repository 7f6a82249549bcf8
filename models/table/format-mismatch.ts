import type { ColumnEncoding } from './column-encoding.ts'
import { isDate, readDate } from './date-format.ts'
import { knownCells, rowsWhere, type CellCount } from './known-cells.ts'
import {
  inferNumberFormat,
  inferFileNumberFormat,
  numberFormatMessage,
  readNumber,
  type FileNumberFormat,
} from './number-format.ts'
import { isMissing, numbersOf } from './table-encoding.ts'
import { columnNamed, rowLocation, TableError, type Table } from './table.ts'
import { orderEvidence } from './written-dates.ts'
import { markEvidence } from './written-numbers.ts'

/** Minimum number of cells to judge by; fewer may all be invalid. */
const CELLS_MIN = 3

/**
 * Throws `TableError` if the given rows have another format than the training rows: no cell can be read, or some would
 * be read as other numbers or dates than were meant. Their scores would be worthless.
 */
export function rejectFormatMismatch(table: Table, rows: Int32Array, encoding: readonly ColumnEncoding[]): void {
  let style: FileNumberFormat | undefined
  for (const one of encoding) {
    if (one.kind === 'category') continue
    const known = knownCells(columnNamed(table, one.column), rows).filter(({ cell }) => !isMissing(cell, one))
    const { numbers, width } = numbersOf(
      one,
      known.map(({ cell }) => cell),
    )
    const count = rowsWhere(known)
    const unread = known.filter((_, at) => Number.isNaN(numbers[at * width]))
    if (known.length > 0 && unread.length === known.length && count >= CELLS_MIN)
      throw new TableError(
        `None of the ${count} cells of ${one.column} can be read as the training rows were written (${formatText(one)}): ${shown(table, rows, one.column, known[0]!.cell)}. Write the column as it was, or leave its cells empty.`,
      )
    const wrong =
      one.kind === 'date'
        ? mismatchedOrder(known, one)
        : one.kind === 'number'
          ? mismatchedNumber(known, one, () => (style ??= inferFileNumberFormat(table, rows)))
          : undefined
    if (wrong !== undefined)
      throw new TableError(
        `Cells of ${one.column} are written in another way than in the training rows (${formatText(one)}): ${shown(table, rows, one.column, wrong.cell)} ${wrong.why}. Write the column as it was, or leave its cells empty.`,
      )
  }
}

interface WrongCell {
  readonly cell: string
  readonly why: string
}

/** Finds a date that can only be read in the other order, if there are more of those than of the right order. */
function mismatchedOrder(
  known: readonly CellCount[],
  { order }: Extract<ColumnEncoding, { readonly kind: 'date' }>,
): WrongCell | undefined {
  if (order === undefined) return undefined
  const others = known.filter(({ cell }) => isDate(cell) && readDate(cell, { order }) === undefined)
  const own = rowsWhere(known, (cell) => orderEvidence(cell) === order)
  return others.length === 0 || own >= rowsWhere(others)
    ? undefined
    : { cell: others[0]!.cell, why: 'has the day and the month in the other order' }
}

/** A mark before three digits: thousands or decimals. */
const threeDigits = /[.,]\d{3}(?!\d)/

/**
 * Finds a number that the file's own format reads differently, or that is ambiguous where all training values were
 * integers.
 */
function mismatchedNumber(
  known: readonly CellCount[],
  encoding: Extract<ColumnEncoding, { readonly kind: 'number' }>,
  file: () => FileNumberFormat,
): WrongCell | undefined {
  // Fast path for most columns.
  if (known.every(({ cell }) => !threeDigits.test(cell) && readNumber(cell, encoding) !== undefined)) return undefined
  const mark = encoding.style === 'point' ? '.' : ','
  const marked = known.filter(({ cell }) => cell.includes(mark) && readNumber(cell, encoding) !== undefined)
  const open = marked.find(({ cell }) => markEvidence(cell) === 'single')
  if (encoding.whole === true && open !== undefined && marked.every(({ cell }) => markEvidence(cell) === 'single'))
    return { cell: open.cell, why: 'may be a decimal number or a large whole one, and all were whole' }
  const own = styleIn(known, encoding.column, file())
  if (own === undefined || own.style === encoding.style) return undefined
  const misread = known.find(({ cell }) => {
    const [mine, other] = [readNumber(cell, encoding), readNumber(cell, { ...encoding, ...own })]
    return mine !== undefined && other !== undefined && mine !== other
  })
  const unread = known.filter(({ cell }) => readNumber(cell, encoding) === undefined)
  const wrong = misread ?? (rowsWhere(unread) >= CELLS_MIN ? unread[0] : undefined)
  return wrong === undefined
    ? undefined
    : { cell: wrong.cell, why: `is written with a decimal ${own.style}, as the other cells show` }
}

/** Returns the format of these cells on their own; `undefined` if it is ambiguous. */
function styleIn(known: readonly CellCount[], column: string, file: FileNumberFormat) {
  try {
    const found = inferNumberFormat({ name: column }, known, file, true)
    return found === undefined ? undefined : { style: found.style, groups: found.groups === true }
  } catch (error) {
    if (error instanceof TableError) return undefined
    throw error
  }
}

function shown(table: Table, rows: Int32Array, column: string, cell: string): string {
  const { cells, codes } = columnNamed(table, column)
  const row = rows.find((one) => cells[codes[one]!] === cell)!
  return `${JSON.stringify(cell)} (${rowLocation(table, row)})`
}

function formatText(encoding: ColumnEncoding): string {
  if (encoding.kind === 'date')
    return encoding.order === undefined ? 'dates' : `dates with the ${encoding.order === 'dmy' ? 'day' : 'month'} first`
  if (encoding.kind !== 'number') return 'times of day'
  const mark = encoding.style === 'comma' ? '' : 'decimal point'
  return ['numbers', mark, numberFormatMessage(encoding)].filter((words) => words !== '').join(', ')
}
