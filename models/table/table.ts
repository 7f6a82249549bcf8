/** A column of text as it was read: its different cells once each, and which of them every row has. */
export interface TableColumn {
  readonly name: string
  readonly cells: readonly string[]
  /** Index into `cells`; one a row. */
  readonly codes: Int32Array
}

export interface Table {
  readonly count: number
  readonly columns: readonly TableColumn[]
}

/** A table that can't be used, with the column, the row and what to do. */
export class TableError extends Error {
  override readonly name = 'TableError'
}

export function columnNamed({ columns }: Table, name: string): TableColumn {
  const found = columns.find((column) => column.name === name)
  if (found === undefined)
    throw new TableError(`The table has no column ${name}. It has: ${columns.map((column) => column.name).join(', ')}.`)
  return found
}

/** Common spellings of a missing value. */
const absent = new Set(['', 'na', 'n/a', '#n/a', 'nan', 'null', 'none', '?', '-'])

export function isAbsent(cell: string): boolean {
  return absent.has(cell.trim().toLowerCase())
}
