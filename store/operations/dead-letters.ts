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

export interface DeadLetterFilter {
  readonly processor?: string
  readonly topic?: string
  readonly code?: string
}

/** Returns a dead letter; `undefined` if there is none of that id. */
export function findDeadLetter(database: Reader, id: string): Promise<StoredDeadLetter | undefined> {
  return database.selectFrom('dead_letters').select(letterRows.fields).where('id', '=', id).executeTakeFirst()
}

/** Returns the ids of dead letters, oldest first: all of the given ids, or those that match the filter. */
export async function deadLetterIds(
  database: Reader,
  { ids, ...filter }: DeadLetterFilter & { readonly ids?: readonly string[] },
  limit: number,
): Promise<string[]> {
  let query = filtered(database, filter).select('id').orderBy('occurredAt').orderBy('offset').orderBy('id').limit(limit)
  if (ids !== undefined) query = query.where('id', 'in', ids)
  return (await query.execute()).map(({ id }) => id)
}

/** Lists dead letters, newest first. */
export function listDeadLetters(
  database: Reader,
  filter: DeadLetterFilter,
  { limit, after }: PageRequest,
): Promise<StoredDeadLetter[]> {
  let query = filtered(database, filter)
    .select(letterRows.fields)
    .orderBy('occurredAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
  if (after !== undefined) query = query.where(sql<boolean>`(occurred_at, id) < (${after.at}, ${after.id})`)
  return query.execute()
}

function filtered(database: Reader, filter: DeadLetterFilter) {
  let query = database.selectFrom('dead_letters')
  if (filter.processor !== undefined) query = query.where('processor', '=', filter.processor)
  if (filter.topic !== undefined) query = query.where('topic', '=', filter.topic)
  if (filter.code !== undefined) query = query.where('code', '=', filter.code)
  return query
}
