import { sql, type Kysely } from 'kysely'
import type { Database } from '../database.ts'
import type { Tables } from '../tables.ts'

/**
 * What was served is partitioned by month of event time (UTC); months come with the data, also those of long ago. Scores
 * and the features that they refer to are of the same time, so they go together.
 */
const HISTORIES = ['score_history', 'feature_history'] as const
export type History = (typeof HISTORIES)[number]

const FIRST = Date.UTC(1900, 0)
const END = Date.UTC(10_000, 0)

/** Throws a `RangeError` for an event time (ms) that the history has no month for. Processors publish none such. */
export function requireMonth(time: number): number {
  if (time >= FIRST && time < END) return time
  throw new RangeError(
    `What was served is kept for the years 1900 to 9999, and an event time is ${time} ms since 1970.`,
  )
}

/** Makes the partitions that rows of these event times (ms) need; for times out of range there is none. */
export async function makePartitions(database: Database, history: History, times: Iterable<number>): Promise<void> {
  const months = new Set<string>()
  for (const time of times) if (time >= FIRST && time < END) months.add(monthOf(time))
  const { rows } = await sql<{ month: string }>`
    select month from unnest(${[...months]}::text[]) as month
    where to_regclass(${`${history}_`} || replace(month, '-', '_')) is null order by month`.execute(database)
  for (const { month } of rows) await makePartition(database, history, month)
}

async function makePartition(database: Database, history: History, month: string): Promise<void> {
  const name = `${history}_${month.replace('-', '_')}`
  await database.transaction().execute(async (transaction) => {
    // Two sinks that create the same month concurrently would collide on the name; this lock doesn't block reads or
    // writes.
    await sql`lock table ${sql.table(history)} in share update exclusive mode`.execute(transaction)
    const { rows } = await sql<{ there: boolean }>`select to_regclass(${name}) is not null as there`.execute(
      transaction,
    )
    if (rows[0]!.there) return
    // Created separately and attached: `create … partition of` would wait for all readers of the history and block
    // new ones.
    await sql.raw(`create table ${name} (like ${history} including all)`).execute(transaction)
    await sql
      .raw(
        `alter table ${history} attach partition ${name}
         for values from ('${month}-01T00:00:00Z') to ('${monthAfter(month)}-01T00:00:00Z')`,
      )
      .execute(transaction)
  })
}

/**
 * Drops the months of the histories that end before `before`, while readers and writers go on. The newest score of each
 * subject stays in `scores`. Returns the names of the tables that were dropped.
 */
export async function pruneHistory(database: Kysely<Tables>, before: Date): Promise<readonly string[]> {
  const dropped: string[] = []
  // Scores first: they refer to features.
  for (const history of HISTORIES) dropped.push(...(await pruneOne(database, history, before)))
  return dropped
}

async function pruneOne(database: Kysely<Tables>, history: History, before: Date): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string; pending: boolean }>`
    select c.relname as name, i.inhdetachpending as pending
    from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = ${history}::regclass order by c.relname`.execute(database)
  const dropped: string[] = []
  for (const { name, pending } of rows) {
    if (!(monthEnd(history, name) <= before.getTime())) continue
    // An earlier attempt that was interrupted has left the partition half detached.
    await sql
      .raw(`alter table ${history} detach partition ${name} ${pending ? 'finalize' : 'concurrently'}`)
      .execute(database)
    await sql.raw(`drop table if exists ${name}`).execute(database)
    dropped.push(name)
  }
  return dropped
}

/** Where the newest month of the history ends; `undefined`: there is no history. */
export async function newestScoreMonthEnd(database: Kysely<Tables>): Promise<Date | undefined> {
  const { rows } = await sql<{ name: string | null }>`
    select max(c.relname::text) as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'score_history'::regclass`.execute(database)
  const name = rows[0]?.name
  return name === null || name === undefined ? undefined : new Date(monthEnd('score_history', name))
}

/** The month of a partition by its name; ms since the epoch. */
function monthEnd(history: History, name: string): number {
  const [year, month] = name.slice(`${history}_`.length).split('_').map(Number) as [number, number]
  return Date.UTC(year, month)
}

/** `2026-08`; UTC. */
function monthOf(time: number): string {
  return new Date(time).toISOString().slice(0, 7)
}

function monthAfter(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number]
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`
}
