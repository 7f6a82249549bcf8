import { CamelCasePlugin, type KyselyPlugin, type UnknownRow } from 'kysely'

const camelCase = new CamelCasePlugin()

/**
 * A column is named in code as the field that it holds: `occurredAt` is the column `occurred_at`, in queries and in
 * their results. Raw SQL names columns as the database does.
 */
export const fieldNames: KyselyPlugin = {
  transformQuery: (query) => camelCase.transformQuery(query),
  // Not the library's: it would walk every value of every row.
  transformResult: ({ result }) => Promise.resolve({ ...result, rows: withFieldNames(result.rows) }),
}

/** `occurredAt` as `occurred_at`. */
export function columnName(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

function fieldName(column: string): string {
  return column.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

/** The rows of one result have the same columns. */
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
