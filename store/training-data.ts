import { sql } from 'kysely'
import type { Database } from './database.ts'

/** The row that was served at the moment that an outcome is about, with the outcome. */
export interface ServedRow {
  readonly row: readonly number[]
  readonly text: string | null
  readonly label: number
  /** When it was scored, ms of event time. */
  readonly at: number
  /** When its outcome became known, ms. */
  readonly knownAt: number
  readonly customerId: string
  readonly probability: number | null
  readonly modelId: string | null
}

/**
 * Every outcome of a task with the newest score of its subject (or of its customer, where the task scores customers) that was served before the moment that the outcome is
 * about: what was known then, not what is known today. In order of time.
 */
export async function servedRows(database: Database, task: string, featureSet: string): Promise<ServedRow[]> {
  const { rows } = await sql<{
    row: number[]
    text: string | null
    label: number
    at: Date
    known_at: Date
    customer_id: string
    probability: number | null
    model_id: string | null
  }>`
    select s."row", s.text, o.value as label, s.occurred_at as at, o.occurred_at as known_at, o.customer_id, s.probability, s.model_id
    from outcomes o cross join lateral (
      select "row", text, occurred_at, probability, model_id from score_history s
      where s.task = o.task and s.customer_id = o.customer_id and s.subject_id in (o.subject_id, o.customer_id)
        and s.feature_set = ${featureSet} and s.occurred_at <= coalesce(o.as_of, o.occurred_at)
      order by s.occurred_at desc limit 1) s
    where o.task = ${task}
    order by s.occurred_at, o.id`.execute(database)
  return rows.map(({ row, text, label, at, known_at, customer_id, probability, model_id }) => ({
    row,
    text,
    label,
    at: at.getTime(),
    knownAt: known_at.getTime(),
    customerId: customer_id,
    probability,
    modelId: model_id,
  }))
}

/** How many outcomes of the task became known after that moment. */
export async function outcomesSince(database: Database, task: string, since: Date): Promise<number> {
  const { count } = await database
    .selectFrom('outcomes')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('task', '=', task)
    .where('occurred_at', '>', since)
    .executeTakeFirstOrThrow()
  return count
}
