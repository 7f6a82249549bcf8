import { sql } from 'kysely'
import { Gap, gaps } from '../../schemas/platform/platform.ts'
import type { Database, Reader } from '../database.ts'
import { sinkWriter } from '../sink/writer.ts'
import type { PageRequest } from '../sql/page.ts'
import { rowsOf, type RowOf } from '../sql/record-rows.ts'

const gapRows = rowsOf(Gap, { without: ['source'] })
export type StoredGap = RowOf<typeof gapRows>

declare module '../tables.ts' {
  interface Tables {
    gaps: StoredGap
  }
}

export const gapsWriter = sinkWriter({
  topic: gaps,
  rows: gapRows,
  tables: [{ name: 'gaps', key: ['id'], keep: 'first' }],
})

/** Lists gaps, newest first. */
export function listGaps(database: Reader, { limit, after }: PageRequest): Promise<StoredGap[]> {
  let query = database
    .selectFrom('gaps')
    .select(gapRows.fields)
    .orderBy('occurredAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
  if (after !== undefined) query = query.where(sql<boolean>`(occurred_at, id) < (${after.at}, ${after.id})`)
  return query.execute()
}

/** Returns the number of gaps found since then and the number of offsets that they cover. */
export async function gapsSince(
  database: Database,
  since: Date,
): Promise<{ readonly count: number; readonly offsets: number }> {
  const { rows } = await sql<{ count: number; offsets: number }>`
    select count(*) as count, coalesce(sum("to" - "from"), 0)::bigint as offsets from gaps where occurred_at >= ${since}`.execute(
    database,
  )
  return rows[0]!
}
