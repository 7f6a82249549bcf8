import { columnName } from '../sql/field-names.ts'
import type { ColumnType } from '../sql/column-type.ts'
import { storableText } from '../sql/stored-text.ts'
import { newestOfEach, upsertClause, type Columns } from '../sql/write-rows.ts'
import type { Keep, Row, SinkTable } from './writer.ts'

/**
 * Returns the key of a row as the database compares it. The columns are joined by NUL, which stored text can't contain.
 */
export function keyTextOf({ key }: SinkTable, row: Row): string {
  return key.map((name) => (typeof row[name] === 'string' ? storableText(row[name]) : String(row[name]))).join('\u0000')
}

/** Returns the row of each key that remains after these rows are written in order. */
export function survivingRows(table: SinkTable, rows: readonly Row[]): Row[] {
  return newestOfEach(
    rows,
    (row) => keyTextOf(table, row),
    (row, held) => supersedes(table.keep, row, held),
  )
}

/** Returns whether a row replaces an earlier one with the same key. */
export function supersedes(keep: Keep, row: Row, held: Row): boolean {
  if (keep === 'first') return false
  return keep === 'last' || compareAge(keep.newestBy, row, held) >= 0
}

/**
 * Compares two rows by these columns; negative if the first is older. Numbers and text compare as in PostgreSQL, text
 * in the collation "C".
 */
export function compareAge(columns: readonly string[], one: Row, other: Row): number {
  for (const name of columns) {
    const order = compareValues(one[name] ?? null, other[name] ?? null)
    if (order !== 0) return order
  }
  return 0
}

function compareValues(one: unknown, other: unknown): number {
  if (one === other) return 0
  if (one === null || other === null) return one === null ? -1 : 1
  if (typeof one === 'string')
    return Buffer.compare(Buffer.from(storableText(one)), Buffer.from(storableText(other as string)))
  return (one as number) - (other as number)
}

/** Returns the `on conflict` clause that applies the table's `keep` rule in SQL. */
export function conflictClause({ name, key, keep }: SinkTable, columns: Columns<Row>): string {
  if (keep === 'first') return 'on conflict do nothing'
  if (keep === 'last') return upsertClause(key, columns)
  return upsertClause(key, columns, supersedesClause(keep.newestBy, columns, name, 'excluded'))
}

/** Returns the condition, in SQL, that a row replaces a held one with the same key. */
export function supersedesClause(
  newestBy: readonly string[],
  columns: Columns<Row>,
  held: string,
  row: string,
): string {
  const compared = (table: string) =>
    newestBy.map((column) => collated(`${table}.${columnName(column)}`, columns[column]!)).join(', ')
  return `${held}.${columnName(newestBy[0]!)} is null or (${compared(held)}) <= (${compared(row)})`
}

function collated(name: string, type: ColumnType): string {
  return type === 'text' ? `${name} collate "C"` : name
}
