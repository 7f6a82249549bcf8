import type { Table } from '../../../models/table/table.ts'

/** Returns a table as if read from a file. */
export function tableOfRows(header: readonly string[], rows: readonly (readonly string[])[]): Table {
  return {
    count: rows.length,
    file: 'stream.csv',
    lines: Int32Array.from(rows, (_, row) => row + 2),
    separator: ',',
    columns: header.map((name, column) => {
      const cells = [...new Set(rows.map((row) => row[column]!))]
      const codes = new Map(cells.map((cell, code) => [cell, code]))
      return { name, cells, codes: Int32Array.from(rows, (row) => codes.get(row[column]!)!) }
    }),
  }
}
