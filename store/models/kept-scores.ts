import { sql } from 'kysely'
import type { Database, Reader } from '../database.ts'
import { servedRow, withRows, type ServedScore } from './served-row.ts'

/** A score in the history. */
export interface KeptScore extends ServedScore {
  readonly id: string
}

/** Returns the newest scores that a model gave and that are still kept, at most `limit`. */
export async function keptScores(
  database: Database,
  task: string,
  modelId: string,
  limit: number,
): Promise<KeptScore[]> {
  return database.transaction().execute(async (transaction) => {
    // The newest scores of a model that retired long ago are far back in the history.
    await sql`set local statement_timeout = '2min'`.execute(transaction)
    const scores = await transaction
      .selectFrom('score_history')
      .select(['id', 'probability', 'text', 'lineTimes'])
      .select(servedRow('score_history'))
      .where('task', '=', task)
      .where('modelId', '=', modelId)
      .where('probability', 'is not', null)
      .orderBy('occurredAt', 'desc')
      .orderBy('id', 'desc')
      .limit(limit)
      .execute()
    return withRows(scores)
  })
}

/** A label with the live score of the model that is judged by it. */
export interface LiveLabel {
  readonly customerId: string
  readonly label: number
  readonly probability: number
  /** Event time of the score. */
  readonly at: Date
}

/**
 * Returns the newest labels whose served row was scored by a model, at most `limit`. Only scores that the model gave by
 * itself at the moment of the outcome count.
 */
export async function liveLabels(reader: Reader, task: string, modelId: string, limit: number): Promise<LiveLabel[]> {
  const { rows } = await sql<LiveLabel>`
    select o.customer_id as "customerId", o.value as label, s.probability, s.occurred_at as at
    from outcomes o cross join lateral (
      select probability, model_id, occurred_at from score_history h
      where h.task = o.task and h.customer_id = o.customer_id and h.subject_id in (o.subject_id, o.customer_id)
        and h.occurred_at <= coalesce(o.as_of, o.occurred_at)
      order by h.occurred_at desc, h.input_offset desc nulls last, h.id desc limit 1) s
    where o.task = ${task} and s.model_id = ${modelId} and s.probability is not null
    order by o.occurred_at desc, o.id desc limit ${limit}`.execute(reader)
  return rows
}
