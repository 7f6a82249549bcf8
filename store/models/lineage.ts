import type { Reader } from '../database.ts'
import { actsOfModel, type StoredModelAct } from './model-acts.ts'
import { modelSummaryById, type ModelSummary } from './models.ts'
import { scoreHistory, type ListedScore } from './scores.ts'

/** Where a score comes from: its model, the rows it was trained on, the code, and who put it into use. */
export interface Lineage {
  readonly score: ListedScore
  /** null if no model scored, or if it is not registered here. */
  readonly model: ModelSummary | null
  /** What was done with the model, newest first. */
  readonly acts: readonly StoredModelAct[]
}

export interface LineageRequest {
  readonly customerId: string
  readonly task: string
  /** By default whatever the task scored last for the customer. */
  readonly subjectId?: string | undefined
  /** The newest score up to this time, inclusive. */
  readonly until?: Date | undefined
}

/** Returns the lineage of the newest score that matches; `undefined` if there is none. */
export async function lineageOf(
  database: Reader,
  { customerId, task, subjectId, until }: LineageRequest,
): Promise<Lineage | undefined> {
  const filter = {
    task,
    ...(subjectId === undefined ? {} : { subjectId }),
    ...(until === undefined ? {} : { until }),
  }
  const [score] = await scoreHistory(database, customerId, filter, { limit: 1 })
  if (score === undefined) return undefined
  if (score.modelId === null) return { score, model: null, acts: [] }
  const model = (await modelSummaryById(database, score.modelId)) ?? null
  return { score, model, acts: await actsOfModel(database, score.modelId) }
}
