import { sql } from 'kysely'
import type { Database } from '../database.ts'
import type { PageRequest } from '../sql/page.ts'

export interface StoredDeadLetter {
  readonly id: string
  readonly processor: string
  readonly topic: string
  readonly partition: number
  readonly offset: number
  readonly code: string
  readonly message: string
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly occurredAt: Date
}

/** The latest first. */
export function listDeadLetters(
  database: Database,
  filter: { readonly processor?: string; readonly topic?: string; readonly code?: string },
  { limit, after }: PageRequest,
): Promise<StoredDeadLetter[]> {
  let query = database
    .selectFrom('dead_letters')
    .select(['id', 'processor', 'topic', 'partition', 'offset', 'code', 'message', 'key', 'value', 'occurredAt'])
    .orderBy('occurredAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
  if (filter.processor !== undefined) query = query.where('processor', '=', filter.processor)
  if (filter.topic !== undefined) query = query.where('topic', '=', filter.topic)
  if (filter.code !== undefined) query = query.where('code', '=', filter.code)
  if (after !== undefined) query = query.where(sql<boolean>`(occurred_at, id) < (${after.at}, ${after.id})`)
  return query.execute()
}
