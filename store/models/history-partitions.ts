import { sql, type Kysely } from 'kysely'
import type { Database } from '../database.ts'
import type { Tables } from '../tables.ts'

/**
 * Histories of what was served, partitioned by month of event time (UTC). Partitions are created as the data need them,
 * including old months. Scores and the features that they refer to have the same time, so they are dropped together.
 */
const HISTORIES = ['score_history', 'feature_history'] as const
export type History = (typeof HISTORIES)[number]

const FIRST = Date.UTC(1900, 0)
const END = Date.UTC(10_000, 0)

/**
 * Throws a `RangeError` for an event time (ms) outside the years that the history covers. Processors never publish one.
 */
export function requireStorableTime(time: number): number {
  if (time >= FIRST && time < END) return time
  throw new RangeError(
    `What was served is kept for the years 1900 to 9999, and an event time is ${time} ms since 1970.`,
  )
}

/** Creates the partitions needed by rows of these event times (ms). Times out of range are ignored. */
export async function createPartitions(database: Database, history: History, times: Iterable<number>): Promise<void> {
  const months = new Set<string>()
  let [from, to] = [0, 0]
  for (const time of times) {
    // Neighbouring rows are usually of the same month.
    if ((time >= from && time < to) || !(time >= FIRST && time < END)) continue
    const month = monthOf(time)
    months.add(month)
    ;[from, to] = [Date.parse(`${month}-01`), Date.parse(`${monthAfter(month)}-01`)]
  }
  const { rows } = await sql<{ month: string }>`
    select month from unnest(${[...months]}::text[]) as month
    where to_regclass(${`${history}_`} || replace(month, '-', '_')) is null order by month`.execute(database)
  for (const { month } of rows) await createPartition(database, history, month)
}

async function createPartition(database: Database, history: History, month: string): Promise<void> {
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
 * Drops the months of both histories that end before `before`, without blocking readers and writers. The newest score
 * of each subject stays in `scores`. Returns the names of the dropped tables.
 */
export async function pruneHistory(database: Kysely<Tables>, before: Date): Promise<readonly string[]> {
  const dropped: string[] = []
  // Scores first, since they refer to features.
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
    // An interrupted earlier attempt leaves the partition half detached.
    await sql
      .raw(`alter table ${history} detach partition ${name} ${pending ? 'finalize' : 'concurrently'}`)
      .execute(database)
    await sql.raw(`drop table if exists ${name}`).execute(database)
    dropped.push(name)
  }
  return dropped
}

/** Returns the end of the newest month in the history of scores; `undefined` if it is empty. */
export async function newestScoreMonthEnd(database: Kysely<Tables>): Promise<Date | undefined> {
  const { rows } = await sql<{ name: string | null }>`
    select max(c.relname::text) as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'score_history'::regclass`.execute(database)
  const name = rows[0]?.name
  return name === null || name === undefined ? undefined : new Date(monthEnd('score_history', name))
}

/** Returns the end of a partition's month, ms since the epoch, from its name. */
function monthEnd(history: History, name: string): number {
  const [year, month] = name.slice(`${history}_`.length).split('_').map(Number) as [number, number]
  return Date.UTC(year, month)
}

/** Formats the month in UTC, as in `2026-08`. */
function monthOf(time: number): string {
  return new Date(time).toISOString().slice(0, 7)
}

function monthAfter(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number]
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`
}
