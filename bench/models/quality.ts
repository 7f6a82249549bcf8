import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { gbm } from '../../models/boosting/gradient-boosting.ts'
import type { BoostingOptions } from '../../models/boosting/options.ts'
import { bootstrapDifference, type Interval } from '../../models/evaluation/bootstrap.ts'
import { logLoss, rocAuc } from '../../models/evaluation/metrics.ts'
import type { Dataset } from '../../models/model.ts'
import { chosenRows, folds, type Split } from '../../models/split.ts'
import { dataSets, preparedOf, tableOf } from './data-sets.ts'
import { runPython, readScores, writeNumbers } from './python.ts'

/** Both learners get the same depth, leaves, rounds and penalty, without early stopping. */
const SETTINGS: Partial<BoostingOptions> = {
  trees: 200,
  learningRate: 0.05,
  depthMax: 6,
  leavesMax: 31,
  leafRowsMin: 20,
  l2: 1,
  rowShare: 1,
  columnShare: 1,
  earlyStoppingRounds: 0,
}
const PEER_PARAMETERS = {
  objective: 'binary',
  learning_rate: 0.05,
  max_depth: 6,
  num_leaves: 31,
  min_data_in_leaf: 20,
  lambda_l2: 1,
}
const FOLDS = 5
/** Repeats with other folds: where few rows are positive, folds move the AUC by more than two good learners differ. */
const REPEATS = 3
const DRAWS = 500

export interface Quality {
  readonly dataSet: string
  readonly rows: number
  readonly features: number
  readonly auc: number
  readonly peerAuc: number
  /** Ours minus the peer's, on the same rows. */
  readonly aucDifference: Interval
  readonly logLoss: number
  readonly peerLogLoss: number
  readonly seconds: number
  readonly peerSeconds: number
}

interface PeerAnswer {
  readonly version: string
  readonly fits: readonly { readonly binSeconds: number; readonly boostSeconds: number }[]
}

/**
 * Scores every row by models that have not seen it, five-fold, three times over, with ours and with LightGBM; the mean
 * score of the three counts.
 */
export async function quality(
  python: string,
  directory: string,
  log: (line: string) => void,
): Promise<readonly Quality[]> {
  const answers: Quality[] = []
  for (const set of dataSets) {
    const table = await tableOf(set)
    if (table === undefined) {
      log(`${set.name} is skipped: the data are not present.`)
      continue
    }
    const { data } = preparedOf(table, set)
    const [own, peer] = [createMean(data.count), createMean(data.count)]
    for (let repeat = 1; repeat <= REPEATS; repeat++) {
      const splits = folds(data, FOLDS, repeat)
      own.add(ownScores(data, splits))
      peer.add(await peerScores(python, join(directory, `${set.name}-${repeat}`), data, splits))
    }
    const answer: Quality = {
      dataSet: set.name,
      rows: data.count,
      features: data.width,
      auc: rocAuc(data.labels, own.scores),
      peerAuc: rocAuc(data.labels, peer.scores),
      aucDifference: bootstrapDifference(rocAuc, data.labels, own.scores, peer.scores, { seed: 1, draws: DRAWS }),
      logLoss: logLoss(data.labels, own.scores),
      peerLogLoss: logLoss(data.labels, peer.scores),
      seconds: own.seconds(),
      peerSeconds: peer.seconds(),
    }
    log(JSON.stringify(answer))
    answers.push(answer)
  }
  return answers
}

function createMean(count: number) {
  const scores = new Float64Array(count)
  let seconds = 0
  return {
    scores,
    seconds: () => seconds,
    add(found: { readonly scores: Float64Array; readonly seconds: number }): void {
      found.scores.forEach((score, row) => (scores[row]! += score / REPEATS))
      seconds += found.seconds
    },
  }
}

function ownScores(
  data: Dataset,
  splits: readonly Split[],
): { readonly scores: Float64Array; readonly seconds: number } {
  const scores = new Float64Array(data.count)
  let seconds = 0
  for (const { train, test } of splits) {
    const [rows, held] = [chosenRows(data, train), chosenRows(data, test)]
    const startedAt = performance.now()
    const parameters = gbm.train(rows, 1, undefined, SETTINGS)
    seconds += (performance.now() - startedAt) / 1_000
    const into = new Float64Array(held.count)
    void gbm.scorer(parameters)(held, into)
    test.forEach((row, place) => (scores[row] = into[place]!))
  }
  return { scores, seconds }
}

async function peerScores(
  python: string,
  directory: string,
  data: Dataset,
  splits: readonly Split[],
): Promise<{ readonly scores: Float64Array; readonly seconds: number }> {
  mkdirSync(directory, { recursive: true })
  const scoresFile = join(directory, 'scores')
  const { fits } = await runPython<PeerAnswer>(
    python,
    './lightgbm_peer.py',
    {
      width: data.width,
      rows: writeNumbers(directory, 'rows', data.rows),
      labels: writeNumbers(directory, 'labels', data.labels),
      folds: splits.map(({ test }, fold) => writeNumbers(directory, `fold-${fold}`, test)),
      categorical: (data.categories ?? []).flatMap((names, feature) => (names === null ? [] : [feature])),
      parameters: PEER_PARAMETERS,
      rounds: SETTINGS.trees,
      scores: scoresFile,
    },
    directory,
  )
  return {
    scores: readScores(scoresFile),
    seconds: fits.reduce((sum, fit) => sum + fit.binSeconds + fit.boostSeconds, 0),
  }
}
