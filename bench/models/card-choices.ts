import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { gbm } from '../../models/boosting/gradient-boosting.ts'
import type { BoostingOptions } from '../../models/boosting/options.ts'
import { bootstrapInterval, type Interval } from '../../models/evaluation/bootstrap.ts'
import { accuracy, logLoss, rocAuc } from '../../models/evaluation/metrics.ts'
import type { Dataset } from '../../models/model.ts'
import { chosenRows, type Split } from '../../models/split.ts'
import type { CardChoices } from './card-preferences.ts'
import { runPython, readScores, writeNumbers } from './python.ts'

const SETTINGS: Partial<BoostingOptions> = {
  trees: 150,
  learningRate: 0.05,
  depthMax: 4,
  leavesMax: 12,
  leafRowsMin: 20,
  l2: 5,
  earlyStoppingRounds: 0,
}
const PEER_PARAMETERS = {
  objective: 'binary',
  learning_rate: 0.05,
  max_depth: 4,
  num_leaves: 12,
  min_data_in_leaf: 20,
  lambda_l2: 5,
}
const DRAWS = 300

export interface ChoiceFigures {
  readonly model: string
  readonly auc: number
  readonly logLoss: number
  readonly accuracy: number
  /** Gain over the model that knows the offers but not the person; the interval resamples customers. */
  readonly aucGain: Interval
}

/**
 * Predicts which of two offers a customer takes, by models that have not seen the customer: by overall popularity, and
 * with what is known of the person.
 */
export async function cardChoices(
  python: string,
  directory: string,
  { customers, offers, offersAndPerson }: CardChoices,
  customerSplits: readonly Split[],
): Promise<readonly ChoiceFigures[]> {
  const splits = customerSplits.map(({ test }): Split => {
    const held = new Set(test)
    const rows = Int32Array.from(customers.keys())
    return {
      train: rows.filter((row) => !held.has(customers[row]!)),
      test: rows.filter((row) => held.has(customers[row]!)),
    }
  })
  const popular = ownScores(offers, splits)
  const named = {
    'gbm of the offers (popularity)': popular,
    'gbm of offers and person': ownScores(offersAndPerson, splits),
    'LightGBM of offers and person': await peerScores(python, join(directory, 'card_choices'), offersAndPerson, splits),
  }
  const { labels } = offers
  return Object.entries(named).map(([model, scores]) => ({
    model,
    auc: rocAuc(labels, scores),
    logLoss: logLoss(labels, scores),
    accuracy: accuracy(labels, scores),
    aucGain: gainByCustomers(customers, labels, scores, popular),
  }))
}

function ownScores(data: Dataset, splits: readonly Split[]): Float64Array {
  const scores = new Float64Array(data.count)
  for (const { train, test } of splits) {
    const parameters = gbm.train(chosenRows(data, train), 1, undefined, SETTINGS)
    const predictions = new Float64Array(test.length)
    void gbm.scorer(parameters)(chosenRows(data, test), predictions)
    test.forEach((row, place) => (scores[row] = predictions[place]!))
  }
  return scores
}

async function peerScores(
  python: string,
  directory: string,
  data: Dataset,
  splits: readonly Split[],
): Promise<Float64Array> {
  mkdirSync(directory, { recursive: true })
  const scores = join(directory, 'scores')
  const job = {
    width: data.width,
    rows: writeNumbers(directory, 'rows', data.rows),
    labels: writeNumbers(directory, 'labels', data.labels),
    folds: splits.map(({ test }, fold) => writeNumbers(directory, `fold-${fold}`, test)),
    categorical: [],
    parameters: PEER_PARAMETERS,
    rounds: SETTINGS.trees,
    scores,
  }
  await runPython(python, './lightgbm_peer.py', job, directory)
  return readScores(scores)
}

/** Resamples customers rather than answers, since the answers of a customer are dependent. */
function gainByCustomers(
  customers: Int32Array,
  labels: Float64Array,
  scores: Float64Array,
  others: Float64Array,
): Interval {
  const rowsOf = [...Map.groupBy(customers.keys(), (row) => customers[row]!).values()]
  return bootstrapInterval(
    rowsOf.length,
    (drawn) => {
      const rows = Array.from(drawn, (customer) => rowsOf[customer]!).flat()
      const pick = (from: Float64Array) => Float64Array.from(rows, (row) => from[row]!)
      const chosen = pick(labels)
      return rocAuc(chosen, pick(scores)) - rocAuc(chosen, pick(others))
    },
    { seed: 1, draws: DRAWS },
  )
}
