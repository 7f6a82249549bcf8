import { sql, type RawBuilder } from 'kysely'

/** The tenth of [0, 1] that a column is in, 0 to 9. A number beyond, which a stranger may have written, is in the last. */
export function tenthOf(column: string): RawBuilder<number> {
  return sql`greatest(least(floor(${sql.ref(column)} * 10), 9), 0)::integer`
}
