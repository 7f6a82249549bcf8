import type { Reader } from '../database.ts'
import { servedRow, withRows, type ServedScore } from './served-row.ts'

/** The newest score of a subject. */
export interface CurrentScore extends ServedScore {
  readonly customerId: string
  /** Event time. */
  readonly at: Date
}

/** Returns the newest scores that a model gave to subjects of its task, at most `limit` of them. */
export async function currentScores(
  database: Reader,
  { task, modelId, featureSet }: { readonly task: string; readonly modelId: string; readonly featureSet: string },
  limit: number,
): Promise<CurrentScore[]> {
  const scores = await database
    .selectFrom('scores')
    .select(['customerId', 'probability', 'text', 'lineTimes', 'occurredAt as at'])
    .select(servedRow('scores'))
    .where('task', '=', task)
    .where('modelId', '=', modelId)
    .where('featureSet', '=', featureSet)
    .where('probability', 'is not', null)
    .orderBy('occurredAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return withRows(scores)
}
