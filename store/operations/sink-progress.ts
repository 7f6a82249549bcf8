import { sql } from 'kysely'
import type { Database, Reader } from '../database.ts'

declare module '../tables.ts' {
  interface Tables {
    sink_progress: { readonly partition: number; readonly asOf: Date | null; readonly decisiveAsOf: Date | null }
  }
}

/** Everything of a partition that was published before these times is in the database; not given: nothing new of it. */
interface Progress {
  /** Of all topics. */
  readonly asOf?: Date | undefined
  /** Of those by which people are called or not. */
  readonly decisiveAsOf?: Date | undefined
}

/** The disk is not waited for, since what a crash takes back was only too modest. */
export async function tellProgress(database: Database, partition: number, told: Progress): Promise<void> {
  await sql`with not_waiting as materialized (select set_config('synchronous_commit', 'off', true))
    insert into sink_progress (partition, as_of, decisive_as_of)
    select ${partition}, ${told.asOf ?? null}::timestamptz, ${told.decisiveAsOf ?? null}::timestamptz from not_waiting
    on conflict (partition) do update set as_of = greatest(sink_progress.as_of, excluded.as_of),
      decisive_as_of = greatest(sink_progress.decisive_as_of, excluded.decisive_as_of)`.execute(database)
}

/**
 * The time up to which the database has everything published, over all partitions; `undefined`: the sink has not
 * reported yet.
 */
export async function sinkAsOf(database: Database): Promise<Date | undefined> {
  const { asOf } = await database
    .selectFrom('sink_progress')
    .select(({ fn }) => fn.min('asOf').as('asOf'))
    .executeTakeFirstOrThrow()
  return asOf ?? undefined
}

/** The same of what decides whether people are called; `undefined` also while one partition has not reported yet. */
export async function decisiveAsOf(database: Reader): Promise<Date | undefined> {
  const { rows } = await sql<{ asOf: Date | null }>`
    select case when bool_and(decisive_as_of is not null) then min(decisive_as_of) end as as_of
    from sink_progress`.execute(database)
  return rows[0]!.asOf ?? undefined
}
