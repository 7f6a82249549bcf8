import { sql } from 'kysely'
import type { Database, Reader } from '../database.ts'

declare module '../tables.ts' {
  interface Tables {
    sink_progress: { readonly partition: number; readonly asOf: Date | null; readonly decisiveAsOf: Date | null }
  }
}

/** Times up to which a partition's published records are in the database; a time that is not given stays unchanged. */
interface Progress {
  /** Over all topics. */
  readonly asOf?: Date | undefined
  /** Over the topics that decide whether people are called. */
  readonly decisiveAsOf?: Date | undefined
}

/** Records progress without waiting for the disk: a crash can only set it back, so it stays a lower bound. */
export async function recordProgress(database: Database, partition: number, progress: Progress): Promise<void> {
  await sql`with not_waiting as materialized (select set_config('synchronous_commit', 'off', true))
    insert into sink_progress (partition, as_of, decisive_as_of)
    select ${partition}, ${progress.asOf ?? null}::timestamptz, ${progress.decisiveAsOf ?? null}::timestamptz from not_waiting
    on conflict (partition) do update set as_of = greatest(sink_progress.as_of, excluded.as_of),
      decisive_as_of = greatest(sink_progress.decisive_as_of, excluded.decisive_as_of)`.execute(database)
}

/**
 * Returns the time up to which the database holds everything published, over all partitions; `undefined` if the sink
 * has not reported yet.
 */
export async function sinkAsOf(database: Database): Promise<Date | undefined> {
  const { asOf } = await database
    .selectFrom('sink_progress')
    .select(({ fn }) => fn.min('asOf').as('asOf'))
    .executeTakeFirstOrThrow()
  return asOf ?? undefined
}

/**
 * Returns the same time for the topics that decide whether people are called; `undefined` until every partition has
 * reported.
 */
export async function decisiveAsOf(database: Reader): Promise<Date | undefined> {
  const { rows } = await sql<{ asOf: Date | null }>`
    select case when bool_and(decisive_as_of is not null) then min(decisive_as_of) end as as_of
    from sink_progress`.execute(database)
  return rows[0]!.asOf ?? undefined
}
