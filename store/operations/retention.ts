import { sql, type Kysely } from 'kysely'
import { dropChosen } from '../calls/chosen-scripts.ts'
import { dropDispatched } from '../calls/dispatched-calls.ts'
import type { Database } from '../database.ts'
import { pruneOutbox } from './outbox.ts'
import { newestScoreMonthEnd, pruneHistory } from '../models/history-partitions.ts'
import type { Tables } from '../tables.ts'

export interface Retention {
  /** How long the history of scores is kept, in event time behind its newest month; `null`: without limit. */
  readonly scoresMs: number | null
  /** How long edits that were sent are kept. */
  readonly sentMs: number
  /** How long calls that were dispatched count, and the scripts that calls were given are kept to be told again. */
  readonly dispatchedMs: number
}

export interface Pruned {
  /** Tables of months that were dropped. */
  readonly months: readonly string[]
  /** Entries of the outbox that were deleted. */
  readonly entries: number
}

/**
 * Drops what has been kept long enough. The age of a score is counted from the newest month of the history, or from
 * `now` where that is earlier, so that a data set of long ago is not dropped for its age. `undefined`: another process
 * is at it.
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
        scoresMs === null ? [] : await pruneHistory(connection, await scoresBefore(connection, scoresMs, now))
      const calledBefore = new Date(now.getTime() - dispatchedMs)
      await dropDispatched(connection, calledBefore)
      await dropChosen(connection, calledBefore)
      return { months, entries: await pruneOutbox(connection, new Date(now.getTime() - sentMs)) }
    } finally {
      await sql`select pg_advisory_unlock(hashtext('retention'))`.execute(connection).catch(() => {})
    }
  })
}

/** Months of the history of scores that end before this moment have been kept long enough. */
export async function scoresBefore(database: Kysely<Tables>, scoresMs: number, now: Date): Promise<Date> {
  const newest = await newestScoreMonthEnd(database)
  return new Date(Math.min(now.getTime(), newest?.getTime() ?? now.getTime()) - scoresMs)
}
