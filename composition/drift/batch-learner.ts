import type { Dataset } from '../../models/model.ts'
import { rowsBetween } from '../../models/picked-rows.ts'
import { chosenRows } from '../../models/split.ts'
import { scored } from '../../retrainer/lifecycle/scored.ts'
import type { Hyperparameters } from '../../retrainer/training/learner.ts'
import type { LearnableStream } from './learnable-stream.ts'
import type { PolicyOptions } from './policy.ts'

/** A trained model together with the column encoding used in training. */
export interface TrainedModel {
  /** Scores the rows from `from` (inclusive) to `to` (exclusive). */
  score(from: number, to: number): Promise<Float64Array>
}

const ROWS_MIN = 50
/** Growth or shrinkage of the data that justifies a new search for the training length. */
const SEARCHED_AGAIN = 1.5
/** Share of rows trained on when the newest fifth serves for early stopping. Afterwards all rows are trained on. */
const STOPPED_BY = 0.8

/** Creates a learner that trains on the ripe rows before a row is scored. */
export function createBatchLearner(stream: LearnableStream, { family, seed }: PolicyOptions) {
  const learner = family.learners.classification
  let settled: { readonly settings: Hyperparameters; readonly rows: number } | undefined

  async function parametersOf(data: Dataset, rows: Int32Array): Promise<unknown> {
    const chosen = chosenRows(data, rows)
    if (!family.stopsEarly) return learner.train(chosen, seed)
    if (
      settled === undefined ||
      rows.length > SEARCHED_AGAIN * settled.rows ||
      rows.length < settled.rows / SEARCHED_AGAIN
    ) {
      const parameters = await learner.train(chosen, seed)
      settled = { settings: family.refitSettings(parameters, 1 / STOPPED_BY), rows: rows.length }
    }
    return learner.train(chosen, seed, undefined, settled.settings)
  }

  return {
    /** Returns whether there are both classes and enough rows. */
    canLearn(rows: Int32Array): boolean {
      return rows.length >= ROWS_MIN && new Set(Array.from(rows, (row) => stream.labels[row]!)).size === 2
    },
    async train(row: number, rows: Int32Array): Promise<TrainedModel> {
      const data = stream.datasetAt(row)
      const parameters = await parametersOf(data, rows)
      const score = learner.algorithm.scorer(parameters)
      return { score: (from, to) => scored(score, rowsBetween(data, from, to)) }
    },
  }
}

export type BatchLearner = ReturnType<typeof createBatchLearner>
