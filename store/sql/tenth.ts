import { sql, type RawBuilder } from 'kysely'

/**
 * Returns SQL for the tenth of [0, 1] that a column falls in, 0 to 9. Values out of range, which another program may
 * have written, count in the first or last tenth.
 */
export function tenthOf(column: string): RawBuilder<number> {
  return sql`greatest(least(floor(${sql.ref(column)} * 10), 9), 0)::integer`
}
