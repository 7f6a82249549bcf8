import type { Table } from '../../../models/table/table.ts'

/** A table of text, as it would be read. */
export function tableOf(header: readonly string[], ...rows: readonly (readonly string[])[]): Table {
  return {
    count: rows.length,
    columns: header.map((name, column) => {
      const cells = [...new Set(rows.map((row) => row[column]!))]
      return { name, cells, codes: Int32Array.from(rows, (row) => cells.indexOf(row[column]!)) }
    }),
  }
}
