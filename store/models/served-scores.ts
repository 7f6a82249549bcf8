import type { Database } from '../database.ts'
import { servedRow } from './served-row.ts'

/** The row that was scored last for a subject of a task. */
export interface ServedInput {
  readonly customerId: string
  readonly featureSet: string
  /** NaN where a value was unknown. */
  readonly row: readonly number[]
  readonly text: string | null
  /** When each line of the text was written, ms. */
  readonly lineTimes: readonly number[] | null
  readonly occurredAt: Date
}

export async function lastServed(
  database: Database,
  task: string,
  subjectId: string,
): Promise<ServedInput | undefined> {
  const served = await database
    .selectFrom('scores')
    .select(['customerId', 'featureSet', 'text', 'lineTimes', 'occurredAt'])
    .select(servedRow('scores'))
    .where('task', '=', task)
    .where('subjectId', '=', subjectId)
    .executeTakeFirst()
  return served && { ...served, lineTimes: served.lineTimes?.map((time) => time.getTime()) ?? null }
}
