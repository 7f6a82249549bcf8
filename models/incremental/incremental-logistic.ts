import type { Batch, Dataset } from '../model.ts'
import { allRows, designOf, designWidth, fitStandardisation, type Standardisation } from '../linear/standardise.ts'
import { checkDataset, checkWidth } from '../check-dataset.ts'
import { rowsBetween } from '../picked-rows.ts'
import { learnBatch, recursiveLogistic, recursiveScore, type RecursiveLogistic } from './recursive-logistic.ts'

/**
 * Forgetting factors per row: none, or a half-life of about 5,500, 1,400 or 350 rows. One model per factor runs,
 * weighted by how well it predicted lately (dynamic model averaging: Raftery, Kárný and Ettler 2010), so that the speed
 * of the drift need not be known.
 */
const FORGETTING = [1, 0.999_875, 0.9995, 0.998]
/** Discount of log losses per row: a half-life of about 700 rows. */
const EVIDENCE_KEPT = 0.999

/** State of a model that learns from micro-batches. Immutable: learning a batch returns the next state. */
export interface IncrementalLogistic {
  readonly standardisation: Standardisation
  readonly models: readonly RecursiveLogistic[]
  /** Discounted sums of log losses on rows that each model had not yet learned from, in the order of the models. */
  readonly losses: readonly number[]
  /** Number of rows learned from. */
  readonly rows: number
  /** Number of batches from which at least one model refused to learn. */
  readonly refused: number
}

/** Fits the standardisation and learns a first state from rows in time order, in batches of `batchRows`. */
export function startIncremental(data: Dataset, batchRows: number): IncrementalLogistic {
  checkDataset(data, 'classification')
  const standardisation = fitStandardisation(data, allRows(data.count))
  const width = designWidth(standardisation) + 1
  let state: IncrementalLogistic = {
    standardisation,
    models: FORGETTING.map((forgetting) => recursiveLogistic(width, forgetting)),
    losses: FORGETTING.map(() => 0),
    rows: 0,
    refused: 0,
  }
  for (let from = 0; from < data.count; from += batchRows) {
    const to = Math.min(from + batchRows, data.count)
    state = learnIncrement(state, rowsBetween(data, from, to), data.labels.subarray(from, to))
  }
  return state
}

/**
 * Returns the state after a batch with labels 0 or 1. Each model is first evaluated on the batch (progressive
 * validation: Blum, Kalai and Langford 1999), then learns from it; one whose step would diverge keeps its state.
 */
export function learnIncrement(state: IncrementalLogistic, batch: Batch, labels: Float64Array): IncrementalLogistic {
  checkWidth(batch, state.standardisation.centre.length)
  if (labels.some((label) => label !== 0 && label !== 1)) throw new Error('Labels must be 0 or 1.')
  const rows = designRows(state.standardisation, batch)
  const width = state.models[0]!.weights.length
  const kept = EVIDENCE_KEPT ** batch.count
  const losses = state.models.map((model, at) => {
    let loss = 0
    for (let row = 0; row < batch.count; row++) {
      const score = recursiveScore(model, rows, row * width)
      loss -= Math.log(Math.max(1e-6, labels[row] === 1 ? score : 1 - score))
    }
    return kept * state.losses[at]! + loss
  })
  const learned = state.models.map((model) => learnBatch(model, { count: batch.count, rows, labels }))
  return {
    standardisation: state.standardisation,
    models: learned.map((one, at) => (one.kind === 'learned' ? one.model : state.models[at]!)),
    losses,
    rows: state.rows + batch.count,
    refused: state.refused + (learned.some(({ kind }) => kind === 'refused') ? 1 : 0),
  }
}

/** Writes a probability per row: the average of the models, weighted by their recent losses. */
export function scoreIncremental(
  { standardisation, models, losses }: IncrementalLogistic,
  batch: Batch,
  into: Float64Array,
): void {
  checkWidth(batch, standardisation.centre.length)
  const rows = designRows(standardisation, batch)
  const width = models[0]!.weights.length
  const least = Math.min(...losses)
  const weights = losses.map((loss) => Math.exp(least - loss))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  for (let row = 0; row < batch.count; row++)
    into[row] = models.reduce(
      (sum, model, at) => sum + (weights[at]! / total) * recursiveScore(model, rows, row * width),
      0,
    )
}

/** Returns [rows × (1 + columns)], with the constant first. */
function designRows(standardisation: Standardisation, batch: Batch): Float64Array {
  const { count, width, columns } = designOf(standardisation, batch, allRows(batch.count))
  const rows = new Float64Array(count * (width + 1))
  for (let row = 0; row < count; row++) {
    rows[row * (width + 1)] = 1
    for (let column = 0; column < width; column++) rows[row * (width + 1) + column + 1] = columns[column * count + row]!
  }
  return rows
}
