import { isAbsent, type TableColumn } from './table.ts'

/** A distinct cell of a column and the number of its rows. */
export interface CellCount {
  readonly cell: string
  readonly count: number
}

/** Spreadsheet errors (`#DIV/0!`, localised ones too), and the zero date of databases. */
const broken = /^(#(N\/A|NV|[^\s#]+[!?]|#+)|0000-00-00( 00:00:00)?)$/i

/** Returns whether a cell is an error value. Such cells count as missing in any column, and are reported. */
export function isBroken(cell: string): boolean {
  return broken.test(cell.trim())
}

/** Counts the rows whose cell passes the test; all rows without one. */
export function rowsWhere(cells: readonly CellCount[], holds: (cell: string) => boolean = () => true): number {
  return cells.reduce((sum, { cell, count }) => sum + (holds(cell) ? count : 0), 0)
}

/** Returns the distinct cells of the given rows that are neither missing nor broken. */
export function knownCells({ cells, codes }: TableColumn, rows: Int32Array): CellCount[] {
  const counts = new Int32Array(cells.length)
  for (const row of rows) counts[codes[row]!]!++
  return cells.flatMap((cell, code) =>
    counts[code]! > 0 && !isAbsent(cell) && !isBroken(cell) ? [{ cell, count: counts[code]! }] : [],
  )
}
