import { CamelCasePlugin, type KyselyPlugin, type UnknownRow } from 'kysely'

const camelCase = new CamelCasePlugin()

/**
 * Maps fields to columns, in queries and in their results: `occurredAt` is the column `occurred_at`. Raw SQL uses the
 * names of the database.
 */
export const fieldNames: KyselyPlugin = {
  transformQuery: (query) => camelCase.transformQuery(query),
  // Replaces the plugin's own version, which walks every value of every row.
  transformResult: ({ result }) => Promise.resolve({ ...result, rows: withFieldNames(result.rows) }),
}

/** Returns the column of a field: `occurred_at` for `occurredAt`. */
export function columnName(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

function fieldName(column: string): string {
  return column.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

/** Renames columns to fields. All rows of a result have the same columns. */
function withFieldNames(rows: UnknownRow[]): UnknownRow[] {
  const columns = Object.keys(rows[0] ?? {})
  const fields = columns.map(fieldName)
  if (columns.every((column, index) => column === fields[index])) return rows
  return rows.map((row) => {
    const named: UnknownRow = {}
    for (const [index, field] of fields.entries()) named[field] = row[columns[index]!]
    return named
  })
}
