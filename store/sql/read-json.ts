import type { Schema } from '../../schemas/avro/schema.ts'
import { fromStoredJson } from '../../schemas/json/stored-json.ts'

/**
 * Reads the JSON of rows through the current schemas: rows are kept for years, and may be older or, after a rollback,
 * newer than the code.
 */
export function readJson<Row extends object, Column extends keyof Row>(
  rows: readonly Row[],
  schemas: Readonly<Record<Column, Schema<unknown>>>,
): Row[] {
  const columns = Object.entries(schemas) as [Column, Schema<unknown>][]
  return rows.map((row) => {
    const read = { ...row }
    for (const [column, schema] of columns) read[column] = fromStoredJson(schema, row[column]) as Row[Column]
    return read
  })
}
