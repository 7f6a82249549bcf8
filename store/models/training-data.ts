import { sql } from 'kysely'
import { startSnapshot, type Database } from '../database.ts'
import { servedRow } from './served-row.ts'

/** An outcome with the row that was served at the moment it is about. */
export interface ServedRow {
  readonly row: readonly number[]
  readonly text: string | null
  /** When each line of the text was written, ms. */
  readonly lineTimes: readonly number[] | null
  readonly label: number
  /** When it was scored, ms of event time. */
  readonly at: number
  /** When its outcome became known, ms. */
  readonly knownAt: number
  readonly customerId: string
  /** The subject of the outcome: the opportunity, the customer, or the recommended item. */
  readonly subjectId: string
  readonly probability: number | null
  readonly modelId: string | null
}

/** Collects `streamServedRows` into one list. */
export async function servedRows(database: Database, task: string, featureSet: string): Promise<ServedRow[]> {
  const rows: ServedRow[] = []
  for await (const row of streamServedRows(database, task, featureSet)) rows.push(row)
  return rows
}

const ROWS_PER_FETCH = 1_000

interface FetchedRow extends Omit<ServedRow, 'lineTimes' | 'at' | 'knownAt'> {
  readonly lineTimes: Date[] | null
  readonly at: Date
  readonly knownAt: Date
}

/**
 * Yields every outcome of a task with the newest score of its subject (or of its customer, where the task scores
 * customers) served up to the moment that the outcome is about, so that nothing learned later leaks into the row. Of
 * several scores at the same instant, the last one caused by an event counts. A score from a re-evaluation counts only
 * if there is no other, since a later model may have given it. Rows are in time order and from one snapshot, however
 * long reading takes.
 */
export async function* streamServedRows(
  database: Database,
  task: string,
  featureSet: string,
): AsyncGenerator<ServedRow> {
  const { reader, end } = await startSnapshot(database)
  try {
    // The whole history may have to be sorted before the first row is returned.
    await sql`set local statement_timeout = 0`.execute(reader)
    await sql`
      declare served no scroll cursor for
      select s."row", s.text, s.line_times, o.value as label, s.occurred_at as at, o.occurred_at as known_at, o.customer_id, o.subject_id, s.probability, s.model_id
      from outcomes o cross join lateral (
        select ${servedRow('score_history')}, text, line_times, occurred_at, probability, model_id from score_history
        where score_history.task = o.task and score_history.customer_id = o.customer_id
          and score_history.subject_id in (o.subject_id, o.customer_id) and feature_set = ${featureSet}
          and score_history.occurred_at <= coalesce(o.as_of, o.occurred_at)
        order by score_history.occurred_at desc, input_offset desc nulls last, score_history.id desc limit 1) s
      where o.task = ${task}
      order by s.occurred_at, o.id`.execute(reader)
    for (;;) {
      const { rows } = await sql<FetchedRow>`fetch ${sql.raw(String(ROWS_PER_FETCH))} from served`.execute(reader)
      for (const row of rows) yield servedRowOf(row)
      if (rows.length < ROWS_PER_FETCH) break
    }
  } finally {
    await end()
  }
}

function servedRowOf({ lineTimes, at, knownAt, ...rest }: FetchedRow): ServedRow {
  return {
    ...rest,
    lineTimes: lineTimes?.map((time) => time.getTime()) ?? null,
    at: at.getTime(),
    knownAt: knownAt.getTime(),
  }
}

/** Returns the number of outcomes of the task that became known after that time. */
export async function countOutcomesSince(database: Database, task: string, since: Date): Promise<number> {
  const { count } = await database
    .selectFrom('outcomes')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('task', '=', task)
    .where('occurredAt', '>', since)
    .executeTakeFirstOrThrow()
  return count
}
