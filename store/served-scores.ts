import type { Database } from './database.ts'

/** The row that was scored last for a subject of a task. */
export interface ServedInput {
  readonly customerId: string
  readonly featureSet: string
  /** NaN where nothing was known. */
  readonly row: readonly number[]
  readonly text: string | null
  readonly occurredAt: Date
}

export function lastServed(database: Database, task: string, subjectId: string): Promise<ServedInput | undefined> {
  return database
    .selectFrom('scores')
    .select(['customer_id as customerId', 'feature_set as featureSet', 'row', 'text', 'occurred_at as occurredAt'])
    .where('task', '=', task)
    .where('subject_id', '=', subjectId)
    .executeTakeFirst()
}

export interface ScorePoint {
  readonly at: Date
  readonly probability: number | null
  readonly modelId: string | null
}

/** How the score of a subject went: at most `limit` points, the newest, in order of time. */
export async function scoreCourse(
  database: Database,
  { task, customerId, subjectId }: { readonly task: string; readonly customerId: string; readonly subjectId: string },
  limit: number,
): Promise<ScorePoint[]> {
  const rows = await database
    .selectFrom('score_history')
    .select(['occurred_at as at', 'probability', 'model_id as modelId'])
    .where('task', '=', task)
    .where('customer_id', '=', customerId)
    .where('subject_id', '=', subjectId)
    .orderBy('occurred_at', 'desc')
    .limit(limit)
    .execute()
  return rows.reverse()
}
