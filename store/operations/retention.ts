import { sql, type Kysely } from 'kysely'
import { pruneCallSessions } from '../calls/call-sessions.ts'
import { pruneChosenScripts } from '../calls/chosen-scripts.ts'
import { pruneDispatched } from '../calls/dispatched-calls.ts'
import type { Database } from '../database.ts'
import { pruneOutbox } from './outbox.ts'
import { newestScoreMonthEnd, pruneHistory } from '../models/history-partitions.ts'
import type { Tables } from '../tables.ts'

export interface Retention {
  /** How long the history of scores is kept, in event time before the end of its newest month; `null` for ever. */
  readonly scoresMs: number | null
  /** How long sent outbox entries are kept. */
  readonly sentMs: number
  /** How long dispatched calls and the scripts chosen for calls are kept. */
  readonly dispatchedMs: number
}

export interface Pruned {
  /** Dropped monthly partitions. */
  readonly months: readonly string[]
  /** Number of deleted outbox entries. */
  readonly entries: number
}

/**
 * Drops data past their retention. The age of a score is counted from the end of the newest month of the history, or
 * from `now` if that is earlier, so that a historical data set is not dropped for its age. Returns `undefined` if
 * another process is pruning.
 */
export function prune(
  database: Database,
  { scoresMs, sentMs, dispatchedMs }: Retention,
  now: Date,
): Promise<Pruned | undefined> {
  return database.connection().execute(async (connection) => {
    // A session lock, not a transaction lock: `detach … concurrently` can't run in a transaction.
    const { rows } = await sql<{
      locked: boolean
    }>`select pg_try_advisory_lock(hashtext('retention')) as locked`.execute(connection)
    if (rows[0]?.locked !== true) return undefined
    try {
      const months =
        scoresMs === null ? [] : await pruneHistory(connection, await scoreCutoff(connection, scoresMs, now))
      const calledBefore = new Date(now.getTime() - dispatchedMs)
      await pruneDispatched(connection, calledBefore)
      await pruneChosenScripts(connection, calledBefore)
      await pruneCallSessions(connection, calledBefore)
      return { months, entries: await pruneOutbox(connection, new Date(now.getTime() - sentMs)) }
    } finally {
      await sql`select pg_advisory_unlock(hashtext('retention'))`.execute(connection).catch(() => {})
    }
  })
}

/** Returns the time before which months of the history of scores are past their retention. */
export async function scoreCutoff(database: Kysely<Tables>, scoresMs: number, now: Date): Promise<Date> {
  const newest = await newestScoreMonthEnd(database)
  return new Date(Math.min(now.getTime(), newest?.getTime() ?? now.getTime()) - scoresMs)
}
