import type { Reader } from '../database.ts'
import { servedRow } from './served-row.ts'

/** The newest score of a subject, with what its model saw. */
export interface CurrentScore {
  readonly customerId: string
  readonly probability: number
  readonly row: readonly number[]
  readonly text: string | null
  readonly lineTimes: readonly Date[] | null
}

/** Returns the newest scores that a model gave to subjects of its task, at most `limit` of them. */
export async function currentScores(
  database: Reader,
  { task, modelId, featureSet }: { readonly task: string; readonly modelId: string; readonly featureSet: string },
  limit: number,
): Promise<CurrentScore[]> {
  const scores = await database
    .selectFrom('scores')
    .select(['customerId', 'probability', 'text', 'lineTimes'])
    .select(servedRow('scores'))
    .where('task', '=', task)
    .where('modelId', '=', modelId)
    .where('featureSet', '=', featureSet)
    .where('probability', 'is not', null)
    .orderBy('occurredAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  // A score may be stored before the features that it refers to.
  return scores.flatMap((score) =>
    score.probability === null || score.row.length === 0 ? [] : [{ ...score, probability: score.probability }],
  )
}
