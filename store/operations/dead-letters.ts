import { sql } from 'kysely'
import { DeadLetter, deadLetters } from '../../schemas/platform/platform.ts'
import type { Reader } from '../database.ts'
import { sinkWriter } from '../sink/writer.ts'
import type { PageRequest } from '../sql/page.ts'
import { rowsOf, type RowOf } from '../sql/record-rows.ts'

const letterRows = rowsOf(DeadLetter, { without: ['source'] })
export type StoredDeadLetter = RowOf<typeof letterRows>

declare module '../tables.ts' {
  interface Tables {
    dead_letters: StoredDeadLetter
  }
}

export const deadLettersWriter = sinkWriter({
  topic: deadLetters,
  rows: letterRows,
  tables: [{ name: 'dead_letters', key: ['id'], keep: 'first' }],
})

/** Lists dead letters, newest first. */
export function listDeadLetters(
  database: Reader,
  filter: { readonly processor?: string; readonly topic?: string; readonly code?: string },
  { limit, after }: PageRequest,
): Promise<StoredDeadLetter[]> {
  let query = database
    .selectFrom('dead_letters')
    .select(letterRows.fields)
    .orderBy('occurredAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
  if (filter.processor !== undefined) query = query.where('processor', '=', filter.processor)
  if (filter.topic !== undefined) query = query.where('topic', '=', filter.topic)
  if (filter.code !== undefined) query = query.where('code', '=', filter.code)
  if (after !== undefined) query = query.where(sql<boolean>`(occurred_at, id) < (${after.at}, ${after.id})`)
  return query.execute()
}
