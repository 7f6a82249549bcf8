import { sql, type Generated, type Kysely, type Transaction } from 'kysely'
import type { Database } from '../database.ts'
import { storableJson } from '../sql/stored-text.ts'
import type { Json, GeneratedTime, Tables } from '../tables.ts'

interface OutboxRow {
  readonly id: Generated<number>
  readonly topic: string
  readonly event: Json<unknown>
  readonly createdAt: GeneratedTime
  readonly publishedAt: Date | null
}

declare module '../tables.ts' {
  interface Tables {
    outbox: OutboxRow
  }
}

/**
 * An entry of the transactional outbox. Edits are written to it in their own transaction and sent to Kafka afterwards,
 * at least once and in order.
 */
export interface OutboxEntry {
  readonly topic: string
  /** The event as JSON, with bytes as base64. */
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
 * Sends waiting entries, oldest first, and returns how many were sent. An entry counts as sent once `publish` has
 * resolved. If it rejects, the entries before stay sent, this one and the later ones keep waiting, and the error is
 * thrown.
 */
export async function publishOutbox(
  database: Database,
  publish: (entry: OutboxEntry) => Promise<void>,
): Promise<number> {
  // This runs twice a second and usually finds nothing, so it checks before it takes the lock.
  const { rows } = await sql<{
    waits: boolean
  }>`select exists (select from outbox where published_at is null) as waits`.execute(database)
  if (rows[0]?.waits !== true) return 0
  const { sent, failure } = await database.transaction().execute(async (transaction) => {
    // Only one sender at a time, to keep the order.
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
 * Deletes entries sent before that moment; the entry of a released model holds its whole artefact. Returns how many.
 */
export async function pruneOutbox(database: Kysely<Tables>, before: Date): Promise<number> {
  const { numDeletedRows } = await database.deleteFrom('outbox').where('publishedAt', '<', before).executeTakeFirst()
  return Number(numDeletedRows)
}
