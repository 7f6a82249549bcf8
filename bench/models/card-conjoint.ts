import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { gbm } from '../../models/boosting/gradient-boosting.ts'
import type { BoostingOptions } from '../../models/boosting/options.ts'
import { bootstrapInterval, type Interval } from '../../models/evaluation/bootstrap.ts'
import { chosenNetworkRows, type NetworkData } from '../../models/deep/network-data.ts'
import { scoreNetwork } from '../../models/deep/score-network.ts'
import {
  columnOf,
  hitRate,
  labelLossDifference,
  labelMetrics,
  popularity,
  type LabelScores,
} from '../../models/evaluation/label-metrics.ts'
import { rocAuc } from '../../models/evaluation/metrics.ts'
import { chosenRows, folds, type Split } from '../../models/split.ts'
import { trainNetworkInThread } from '../../runtimes/tensorflow/train-network-in-thread.ts'
import { cardChoices, type ChoiceFigures } from './card-choices.ts'
import { cardPreferences } from './card-preferences.ts'
import { runPython, readScores, writeNumbers } from './python.ts'

/** Shallow trees and few rounds, for so few customers; the peer gets the same. */
const SETTINGS: Partial<BoostingOptions> = {
  trees: 60,
  learningRate: 0.05,
  depthMax: 3,
  leavesMax: 7,
  leafRowsMin: 15,
  l2: 5,
  earlyStoppingRounds: 0,
}
const PEER_PARAMETERS = {
  objective: 'binary',
  learning_rate: 0.05,
  max_depth: 3,
  num_leaves: 7,
  min_data_in_leaf: 15,
  lambda_l2: 5,
}
const NETWORK = {
  hidden: [32],
  batchNormalisation: false,
  dropout: 0.4,
  weightDecay: 0.5,
  learningRate: 0.005,
} as const
const FOLDS = 5
const DRAWS = 1_000

interface Figures {
  readonly model: string
  readonly metrics: Readonly<Record<string, number>>
  readonly hitRateAt1: Interval
  /** Log loss minus that of popularity; the interval resamples customers. */
  readonly lossDifference: Interval
  /** Log loss minus that of a model that knows the questions but not the answers. */
  readonly lossDifferenceToQuestions: Interval
  readonly aucByLabel: Readonly<Record<string, number>>
}

export interface CardConjoint {
  readonly customers: number
  readonly features: number
  readonly knownLabels: Readonly<Record<string, { readonly known: number; readonly preferred: number }>>
  readonly figures: readonly Figures[]
  readonly choices: readonly ChoiceFigures[]
}

/**
 * Predicts which characteristics of a credit card a customer prefers: each customer is scored five-fold by models that
 * have not seen the customer, beside the popularity of each characteristic and LightGBM per label. Also reports what
 * the questions alone give away, without the answers. `undefined`: the data are not present.
 */
export async function cardConjoint(
  python: string,
  directory: string,
  log: (line: string) => void,
): Promise<CardConjoint | undefined> {
  const preferences = await cardPreferences()
  if (preferences === undefined) {
    log('card_conjoint is skipped: the data are not present.')
    return undefined
  }
  const { data, outputs } = preferences
  const splits = folds(data, FOLDS, 1)
  const popular = acrossFolds(data, splits, (train, test) => {
    const shares = popularity(train.labels, outputs.length)
    return test.labels.map((_, place) => shares[place % outputs.length]!)
  })
  const network = await acrossFoldsLater(data, splits, async (train, test) => {
    const parameters = await trainNetworkInThread(train, 'multi-label', NETWORK, 1)
    const scores = new Float64Array(test.count * outputs.length)
    scoreNetwork(parameters)(test, scores)
    return scores
  })
  const boosted = perLabel(data, splits, outputs.length)
  const questions = perLabel({ ...data, rows: preferences.asked }, splits, outputs.length)
  const peer = await peerPerLabel(python, join(directory, 'card_conjoint'), data, splits)
  const named = {
    popularity: popular,
    'deep-labels': network,
    'gbm a label': boosted,
    'gbm a label, of the questions alone': questions,
    'LightGBM a label': peer,
  }
  const figures = Object.entries(named).map(([model, scores]): Figures => {
    const of = { outputs: outputs.length, labels: data.labels, scores }
    return {
      model,
      metrics: labelMetrics(of),
      hitRateAt1: bootstrapInterval(data.count, (rows) => hitRate(drawn(of, rows), 1), { seed: 1, draws: DRAWS }),
      lossDifference: labelLossDifference(of, popular, { seed: 1, draws: DRAWS }),
      lossDifferenceToQuestions: labelLossDifference(of, questions, { seed: 1, draws: DRAWS }),
      aucByLabel: Object.fromEntries(
        outputs.map((name, output) => {
          const { labels, scores: ofLabel } = columnOf(of, output)
          return [name, rocAuc(labels, ofLabel)]
        }),
      ),
    }
  })
  const choices = await cardChoices(python, directory, preferences.choices, splits)
  for (const one of [...figures, ...choices]) log(JSON.stringify(one))
  return { customers: data.count, features: data.width, knownLabels: knownOf(data, outputs), figures, choices }
}

function acrossFolds(
  data: NetworkData,
  splits: readonly Split[],
  scoresOf: (train: NetworkData, test: NetworkData) => Float64Array,
): Float64Array {
  const scores = new Float64Array(data.count * data.outputs)
  for (const { train, test } of splits)
    place(scores, data, test, scoresOf(chosenNetworkRows(data, train), chosenNetworkRows(data, test)))
  return scores
}

async function acrossFoldsLater(
  data: NetworkData,
  splits: readonly Split[],
  scoresOf: (train: NetworkData, test: NetworkData) => Promise<Float64Array>,
): Promise<Float64Array> {
  const scores = new Float64Array(data.count * data.outputs)
  for (const { train, test } of splits)
    place(scores, data, test, await scoresOf(chosenNetworkRows(data, train), chosenNetworkRows(data, test)))
  return scores
}

function place(scores: Float64Array, { outputs }: NetworkData, test: Int32Array, predictions: Float64Array): void {
  test.forEach((row, index) => scores.set(predictions.subarray(index * outputs, (index + 1) * outputs), row * outputs))
}

/** Trains a separate model for each label, on the rows whose label is known. */
function perLabel(data: NetworkData, splits: readonly Split[], outputs: number): Float64Array {
  const scores = new Float64Array(data.count * outputs)
  for (let output = 0; output < outputs; output++) {
    const labels = labelsOf(data, output)
    for (const { train, test } of splits) {
      const known = train.filter((row) => !Number.isNaN(labels[row]))
      const parameters = gbm.train(chosenRows({ ...data, labels }, known), 1, undefined, SETTINGS)
      const held = chosenRows({ ...data, labels }, test)
      const predictions = new Float64Array(test.length)
      void gbm.scorer(parameters)(held, predictions)
      test.forEach((row, index) => (scores[row * outputs + output] = predictions[index]!))
    }
  }
  return scores
}

/** Does the same with LightGBM, on the rows whose label is known, in the same folds. */
async function peerPerLabel(
  python: string,
  directory: string,
  data: NetworkData,
  splits: readonly Split[],
): Promise<Float64Array> {
  const { outputs, width } = data
  const scores = new Float64Array(data.count * outputs).fill(Number.NaN)
  for (let output = 0; output < outputs; output++) {
    const folder = join(directory, String(output))
    mkdirSync(folder, { recursive: true })
    const labels = labelsOf(data, output)
    const known = Int32Array.from(labels.keys()).filter((row) => !Number.isNaN(labels[row]))
    const rows = chosenRows({ ...data, labels }, known)
    const places = new Map(Array.from(known, (row, index) => [row, index]))
    const scoresFile = join(folder, 'scores')
    await runPython(
      python,
      './lightgbm_peer.py',
      {
        width,
        rows: writeNumbers(folder, 'rows', rows.rows),
        labels: writeNumbers(folder, 'labels', rows.labels),
        folds: splits.map(({ test }, fold) =>
          writeNumbers(folder, `fold-${fold}`, Int32Array.from([...test].flatMap((row) => places.get(row) ?? []))),
        ),
        categorical: [],
        parameters: PEER_PARAMETERS,
        rounds: SETTINGS.trees,
        scores: scoresFile,
      },
      folder,
    )
    const predictions = readScores(scoresFile)
    known.forEach((row, index) => (scores[row * outputs + output] = predictions[index]!))
  }
  return scores
}

function labelsOf({ labels, count, outputs }: NetworkData, output: number): Float64Array {
  return Float64Array.from({ length: count }, (_, row) => labels[row * outputs + output]!)
}

function drawn({ outputs, labels, scores }: LabelScores, rows: Int32Array): LabelScores {
  const picked = {
    outputs,
    labels: new Float64Array(rows.length * outputs),
    scores: new Float64Array(rows.length * outputs),
  }
  rows.forEach((row, index) => {
    picked.labels.set(labels.subarray(row * outputs, (row + 1) * outputs), index * outputs)
    picked.scores.set(scores.subarray(row * outputs, (row + 1) * outputs), index * outputs)
  })
  return picked
}

function knownOf(data: NetworkData, outputs: readonly string[]): CardConjoint['knownLabels'] {
  return Object.fromEntries(
    outputs.map((name, output) => {
      const known = labelsOf(data, output).filter((label) => !Number.isNaN(label))
      return [name, { known: known.length, preferred: known.reduce((sum, label) => sum + label, 0) / known.length }]
    }),
  )
}
