import { sql } from 'kysely'
import type { Database } from '../database.ts'
import type { PageRequest } from '../sql/page.ts'

export interface StoredGap {
  readonly id: string
  /** `sink`: the database lacks the records. */
  readonly processor: string
  readonly topic: string
  readonly partition: number
  /** Offset of the first record that was not read, and of the first that was still there. */
  readonly from: number
  readonly to: number
  readonly occurredAt: Date
}

/** The latest first. */
export function listGaps(database: Database, { limit, after }: PageRequest): Promise<StoredGap[]> {
  let query = database
    .selectFrom('gaps')
    .select(['id', 'processor', 'topic', 'partition', 'from', 'to', 'occurredAt'])
    .orderBy('occurredAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
  if (after !== undefined) query = query.where(sql<boolean>`(occurred_at, id) < (${after.at}, ${after.id})`)
  return query.execute()
}

/** How many gaps were found since, and how many offsets they have together. */
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
