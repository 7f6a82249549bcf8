import { rowsWhere, type CellCount } from './known-cells.ts'
import { BAD_SHARE_MAX } from './number-style.ts'
import { TableError } from './table.ts'
import { dateIn, orderEvidence, type DateOrder } from './written-dates.ts'

/** How the dates of a column are written, decided once on the training rows. */
export interface DateReading {
  /** Not given: no date of the column could be read in two ways. */
  readonly order?: DateOrder
}

/**
 * The order of a column's dates by its own cells; `undefined`: it is no column of dates. `given`: what the user says.
 * `forced`: it is one whatever the share of other cells. Throws `TableError` where the same cells could be two dates and nothing says which.
 */
export function decideDates(
  name: string,
  cells: readonly CellCount[],
  given?: DateOrder,
  forced = false,
): DateReading | undefined {
  const known = rowsWhere(cells)
  const dates = rowsWhere(cells, isDate)
  if (dates === 0 || (!forced && known - dates > BAD_SHARE_MAX * known)) return undefined
  if (given !== undefined) return { order: given }
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
  // With dashes the day comes first; 03/04/2026 is written both ways.
  if (!open.cell.includes('/')) return { order: 'dmy' }
  throw new TableError(
    `Column ${name} has dates such as ${JSON.stringify(open.cell)}, and nothing says whether the day or the month comes first: say --dates dmy or --dates mdy.`,
  )
}

/** The moment of a cell as its column writes them, ms; `undefined`: it is none, or could be two. */
export function readDate(cell: string, { order }: DateReading): number | undefined {
  if (order !== undefined) return dateIn(cell, order)
  const [day, month] = [dateIn(cell, 'dmy'), dateIn(cell, 'mdy')]
  return day === month || month === undefined ? day : day === undefined ? month : undefined
}

/** Whether a cell is a date in any order. */
export function isDate(cell: string): boolean {
  return dateIn(cell, 'dmy') !== undefined || dateIn(cell, 'mdy') !== undefined
}

function isDotted(cell: string): boolean {
  return /^\s*\d{1,2}\./.test(cell)
}
