import { sql } from 'kysely'
import type { Database } from '../database.ts'

declare module '../tables.ts' {
  interface Tables {
    sink_progress: { readonly partition: number; readonly asOf: Date }
  }
}

/**
 * Everything of that partition that was published before `asOf` is in the database. The disk is not waited for, since
 * what a crash takes back was only too modest.
 */
export async function tellProgress(database: Database, partition: number, asOf: Date): Promise<void> {
  await sql`with not_waiting as materialized (select set_config('synchronous_commit', 'off', true))
    insert into sink_progress select ${partition}, ${asOf} from not_waiting
    on conflict (partition) do update set as_of = greatest(sink_progress.as_of, excluded.as_of)`.execute(database)
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
