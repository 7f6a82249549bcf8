import { bareCell } from './plain-text.ts'

/** A column of text, dictionary-encoded: its distinct cells, and the index of each row's cell. */
export interface TableColumn {
  readonly name: string
  /** The header cell, if it differs from the name because it has a line break or is empty. */
  readonly written?: string
  readonly cells: readonly string[]
  /** Index into `cells` of each row. */
  readonly codes: Int32Array
}

export interface Table {
  readonly count: number
  readonly columns: readonly TableColumn[]
  /** File that it was read from. */
  readonly file?: string
  /** Line of the file, from 1, in which each row ends. */
  readonly lines?: Int32Array
  /** Returns the name of a row if there is no file. */
  readonly rowLabel?: (row: number) => string
  /** Separator between cells; absent if the format has none. */
  readonly separator?: string
}

/** Thrown for a table that can't be used; the message names the column, the row and what to do. */
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

/** Rows searched for a header below titles, which some exports write. */
const TITLES_MAX = 20

function headerBelow(table: Table, name: string): string {
  const rows = Array.from({ length: Math.min(table.count, TITLES_MAX) }, (_, row) => row)
  const found = rows.find((row) => table.columns.some(({ cells, codes }) => bareCell(cells[codes[row]!]!) === name))
  return found === undefined
    ? ''
    : ` ${name} stands at ${rowLocation(table, found)}: if that is the header, take out the lines above it.`
}

/** Returns the position of a row for people: `calls.csv:17`. */
export function rowLocation({ file, lines, rowLabel }: Table, row: number): string {
  if (rowLabel !== undefined) return rowLabel(row)
  return file === undefined || lines === undefined ? `row ${row + 1}` : `${file}:${lines[row]}`
}

/** Common spellings of a missing value. */
const absent = new Set(['', 'na', 'n/a', '#n/a', 'nan', 'null', 'none', '?', '-', '.', '<na>', 'nat', String.raw`\n`])

export function isAbsent(cell: string): boolean {
  return absent.has(bareCell(cell).toLowerCase())
}
