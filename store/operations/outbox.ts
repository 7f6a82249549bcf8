import { sql, type Generated, type Kysely, type Transaction } from 'kysely'
import type { Database } from '../database.ts'
import { storableJson } from '../sql/stored-text.ts'
import type { Json, MadeTime, Tables } from '../tables.ts'

interface OutboxRow {
  readonly id: Generated<number>
  readonly topic: string
  readonly event: Json<unknown>
  readonly createdAt: MadeTime
  readonly publishedAt: Date | null
}

declare module '../tables.ts' {
  interface Tables {
    outbox: OutboxRow
  }
}

/**
 * Edits reach Kafka through a transactional outbox: written in the edit's transaction, sent afterwards, at least once
 * and in order.
 */
export interface OutboxEntry {
  readonly topic: string
  /** JSON; bytes as base64. */
  readonly event: unknown
}

export async function putIntoOutbox(transaction: Transaction<Tables>, topic: string, event: unknown): Promise<void> {
  await transaction
    .insertInto('outbox')
    .values({ topic, event: storableJson(event) })
    .execute()
}

const ENTRIES_PER_TURN = 100

/**
 * Sends what waits, oldest first, and returns how many were sent. An entry counts as sent only when `publish` has
 * resolved; where it rejects, those before it stay sent, this one and the later ones wait, and its error is thrown.
 */
export async function sendOutbox(database: Database, publish: (entry: OutboxEntry) => Promise<void>): Promise<number> {
  // Asked twice a second, and there is nearly always nothing.
  const { rows } = await sql<{
    waits: boolean
  }>`select exists (select from outbox where published_at is null) as waits`.execute(database)
  if (rows[0]?.waits !== true) return 0
  const { sent, failure } = await database.transaction().execute(async (transaction) => {
    // One sender at a time, or the order is lost.
    const { rows } = await sql<{
      locked: boolean
    }>`select pg_try_advisory_xact_lock(hashtext('outbox')) as locked`.execute(transaction)
    if (rows[0]?.locked !== true) return { sent: 0, failure: undefined }
    const entries = await transaction
      .selectFrom('outbox')
      .select(['id', 'topic', 'event'])
      .where('publishedAt', 'is', null)
      .orderBy('id')
      .limit(ENTRIES_PER_TURN)
      .execute()
    for (const [index, { id, topic, event }] of entries.entries()) {
      try {
        await publish({ topic, event })
      } catch (error) {
        return { sent: index, failure: { error } }
      }
      await transaction
        .updateTable('outbox')
        .set({ publishedAt: sql`now()` })
        .where('id', '=', id)
        .execute()
    }
    return { sent: entries.length, failure: undefined }
  })
  if (failure !== undefined) throw failure.error
  return sent
}

/**
 * Forgets what was sent before that moment; a released model's entry holds its whole artefact. Returns how many entries
 * went.
 */
export async function pruneOutbox(database: Kysely<Tables>, before: Date): Promise<number> {
  const { numDeletedRows } = await database.deleteFrom('outbox').where('publishedAt', '<', before).executeTakeFirst()
  return Number(numDeletedRows)
}
