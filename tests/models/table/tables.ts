import type { Table } from '../../../models/table/table.ts'

/** Returns a text table as if it had been read from a file. */
export function tableOf(header: readonly string[], ...rows: readonly (readonly string[])[]): Table {
  return {
    count: rows.length,
    columns: header.map((name, column) => {
      const cells = [...new Set(rows.map((row) => row[column]!))]
      return { name, cells, codes: Int32Array.from(rows, (row) => cells.indexOf(row[column]!)) }
    }),
  }
}
