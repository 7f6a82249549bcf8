import { rowsWhere, type CellCount } from './known-cells.ts'
import { BAD_SHARE_MAX } from './number-format.ts'
import { TableError } from './table.ts'
import { dateIn, orderEvidence, type DateOrder } from './written-dates.ts'

/** Date format of a column, decided once on the training rows. */
export interface DateFormat {
  /** Absent if every date of the column is unambiguous. */
  readonly order?: DateOrder
}

/**
 * Decides the order of a column's dates from its own cells; returns `undefined` if it is not a column of dates. `given`
 * is the user's choice. With `forced`, any share of other cells is accepted. Throws `TableError` if cells are ambiguous
 * and nothing decides.
 */
export function inferDateFormat(
  name: string,
  cells: readonly CellCount[],
  requested?: DateOrder,
  forced = false,
): DateFormat | undefined {
  const known = rowsWhere(cells)
  const dates = rowsWhere(cells, isDate)
  if (dates === 0 || (!forced && known - dates > BAD_SHARE_MAX * known)) return undefined
  if (requested !== undefined) return { order: requested }
  const [dmy, mdy] = [
    rowsWhere(cells, (cell) => orderEvidence(cell) === 'dmy' && !isDotted(cell)),
    rowsWhere(cells, (cell) => orderEvidence(cell) === 'mdy'),
  ]
  if (dmy > 0 || mdy > 0) {
    if (Math.min(dmy, mdy) > BAD_SHARE_MAX * known)
      throw new TableError(
        `Column ${name} has dates with the day first in ${dmy} rows and with the month first in ${mdy}: say --dates dmy or --dates mdy, or leave it out with --drop.`,
      )
    return { order: dmy >= mdy ? 'dmy' : 'mdy' }
  }
  const open = cells.find(({ cell }) => dateIn(cell, 'dmy') !== dateIn(cell, 'mdy'))
  if (open === undefined) return {}
  // With dashes the day comes first; with slashes, as in 03/04/2026, both orders are common.
  if (!open.cell.includes('/')) return { order: 'dmy' }
  throw new TableError(
    `Column ${name} has dates such as ${JSON.stringify(open.cell)}, and nothing says whether the day or the month comes first: say --dates dmy or --dates mdy.`,
  )
}

/** Returns a cell's time in epoch ms, in the column's format; `undefined` if it is not a date or is ambiguous. */
export function readDate(cell: string, { order }: DateFormat): number | undefined {
  if (order !== undefined) return dateIn(cell, order)
  const [day, month] = [dateIn(cell, 'dmy'), dateIn(cell, 'mdy')]
  return day === month || month === undefined ? day : day === undefined ? month : undefined
}

/** Returns whether a cell is a date in either order. */
export function isDate(cell: string): boolean {
  return dateIn(cell, 'dmy') !== undefined || dateIn(cell, 'mdy') !== undefined
}

function isDotted(cell: string): boolean {
  return /^\s*\d{1,2}\./.test(cell)
}
