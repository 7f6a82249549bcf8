import { sql, type Transaction } from 'kysely'
import type { Database } from './database.ts'
import type { Tables } from './tables.ts'

/** What people edit here reaches Kafka through the outbox: written in the edit's own transaction, sent afterwards, at least once and in order. */
export interface OutboxEntry {
  readonly topic: string
  /** JSON; bytes as base64. */
  readonly event: unknown
}

export async function putIntoOutbox(transaction: Transaction<Tables>, topic: string, event: unknown): Promise<void> {
  await transaction
    .insertInto('outbox')
    .values({ topic, event: JSON.stringify(event) })
    .execute()
}

const ENTRIES_PER_TURN = 100

/** Sends what waits, oldest first; an entry counts as sent only when `publish` has resolved. Returns how many were sent. */
export async function sendOutbox(database: Database, publish: (entry: OutboxEntry) => Promise<void>): Promise<number> {
  return database.transaction().execute(async (transaction) => {
    // One sender at a time, or the order is lost.
    const { rows } = await sql<{ locked: boolean }>`select pg_try_advisory_xact_lock(hashtext('outbox')) as locked`.execute(
      transaction,
    )
    if (rows[0]?.locked !== true) return 0
    const entries = await transaction
      .selectFrom('outbox')
      .select(['id', 'topic', 'event'])
      .where('published_at', 'is', null)
      .orderBy('id')
      .limit(ENTRIES_PER_TURN)
      .execute()
    for (const { id, topic, event } of entries) {
      await publish({ topic, event })
      await transaction
        .updateTable('outbox')
        .set({ published_at: sql`now()` })
        .where('id', '=', id)
        .execute()
    }
    return entries.length
  })
}
