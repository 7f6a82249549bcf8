import type { Dataset } from '../../models/model.ts'
import type { ColumnEncoding } from '../../models/table/column-encoding.ts'
import { encodeTable, featuresOf } from '../../models/table/table-encoding.ts'
import type { Table } from '../../models/table/table.ts'

/** Returns a table of these rows, in the given order. */
export function rowsOfTable({ columns, separator }: Table, rows: Int32Array): Table {
  return {
    count: rows.length,
    columns: columns.map((column) => ({ ...column, codes: Int32Array.from(rows, (row) => column.codes[row]!) })),
    ...(separator === undefined ? {} : { separator }),
  }
}

/** Encodes the rows of a table for learners; numbers that are not finite count as missing. */
export function featuresIn(table: Table, encoding: readonly ColumnEncoding[]): Omit<Dataset, 'labels' | 'times'> {
  const { rows, width } = encodeTable(encoding, table)
  for (let at = 0; at < rows.length; at++) if (!Number.isFinite(rows[at]!)) rows[at] = Number.NaN
  const { names, categories } = featuresOf(encoding)
  return { count: table.count, width, rows, texts: [], featureNames: names, categories }
}
