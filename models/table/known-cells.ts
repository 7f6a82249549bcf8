import { isAbsent, type TableColumn } from './table.ts'

/** A different cell of a column, and how many rows have it. */
export interface CellCount {
  readonly cell: string
  readonly count: number
}

/** Errors of a spreadsheet (`#DIV/0!`, in other languages too), and the date that databases write for none. */
const broken = /^(#(N\/A|NV|[^\s#]+[!?]|#+)|0000-00-00( 00:00:00)?)$/i

/** A cell that says that a value could not be computed: it counts as missing whatever the column is, and is reported. */
export function isBroken(cell: string): boolean {
  return broken.test(cell.trim())
}

/** How many rows have a cell that passes the test; without one, any of the cells. */
export function rowsWhere(cells: readonly CellCount[], holds: (cell: string) => boolean = () => true): number {
  return cells.reduce((sum, { cell, count }) => sum + (holds(cell) ? count : 0), 0)
}

/** The different cells of the given rows that are neither missing nor broken. */
export function knownCells({ cells, codes }: TableColumn, rows: Int32Array): CellCount[] {
  const counts = new Int32Array(cells.length)
  for (const row of rows) counts[codes[row]!]!++
  return cells.flatMap((cell, code) =>
    counts[code]! > 0 && !isAbsent(cell) && !isBroken(cell) ? [{ cell, count: counts[code]! }] : [],
  )
}
