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
