import { bareCell } from './plain-text.ts'

/** A column of text as it was read: its different cells once each, and which of them every row has. */
export interface TableColumn {
  readonly name: string
  /** The header cell, where it is not the name: one with a line break, or an empty one. */
  readonly written?: string
  readonly cells: readonly string[]
  /** Index into `cells`; one a row. */
  readonly codes: Int32Array
}

export interface Table {
  readonly count: number
  readonly columns: readonly TableColumn[]
  /** Where it was read. */
  readonly file?: string
  /** The line of the file in which each row ends, from 1. */
  readonly lines?: Int32Array
  /** How a row is named where there is no file. */
  readonly rowOf?: (row: number) => string
  /** What parts the cells of its rows; not given where they are not parted by a character. */
  readonly separator?: string
}

/** A table that can't be used, with the column, the row and what to do. */
export class TableError extends Error {
  override readonly name = 'TableError'
}

export function columnNamed(table: Table, name: string): TableColumn {
  const { columns } = table
  const found = columns.find((column) => column.name === name || column.written === name)
  if (found === undefined)
    throw new TableError(
      `The table has no column ${name}. It has: ${columns.map((column) => column.name).join(', ')}.${headerBelow(table, name)}`,
    )
  return found
}

/** Exports have titles above their header. */
const TITLES_MAX = 20

function headerBelow(table: Table, name: string): string {
  const rows = Array.from({ length: Math.min(table.count, TITLES_MAX) }, (_, row) => row)
  const found = rows.find((row) => table.columns.some(({ cells, codes }) => bareCell(cells[codes[row]!]!) === name))
  return found === undefined
    ? ''
    : ` ${name} stands at ${placeOf(table, found)}: if that is the header, take out the lines above it.`
}

/** A row as people find it: `calls.csv:17`. */
export function placeOf({ file, lines, rowOf }: Table, row: number): string {
  if (rowOf !== undefined) return rowOf(row)
  return file === undefined || lines === undefined ? `row ${row + 1}` : `${file}:${lines[row]}`
}

/** Common spellings of a missing value. */
const absent = new Set(['', 'na', 'n/a', '#n/a', 'nan', 'null', 'none', '?', '-', '.', '<na>', 'nat', String.raw`\n`])

export function isAbsent(cell: string): boolean {
  return absent.has(bareCell(cell).toLowerCase())
}
