import { logistic } from '../../models/linear/logistic.ts'
import { bootstrapDifference, type Interval } from '../../models/evaluation/bootstrap.ts'
import { logLoss, rocAuc } from '../../models/evaluation/metrics.ts'
import type { Dataset } from '../../models/model.ts'
import { linearToOnnx } from '../../models/onnx/linear-to-onnx.ts'
import { chosenRows, type Split } from '../../models/split.ts'
import { allRows, designOf, fitStandardisation } from '../../models/linear/standardise.ts'
import { runPython, readScores, writeNumbers } from './python.ts'
import { BATCHES, onnxTimePerRow, timePerRow } from './time-per-row.ts'
import { join } from 'node:path'

/** Penalties at which most coefficients still matter on all of the sets. */
const PENALTIES = [
  { name: 'ridge', lambda: 0.001, l1Ratio: 0 },
  { name: 'elastic net', lambda: 0.001, l1Ratio: 0.5 },
  { name: 'lasso', lambda: 0.001, l1Ratio: 1 },
] as const
const DRAWS = 500
/**
 * Tolerances for scikit-learn: L-BFGS runs until it converges; SAGA stops earlier, since it would take hundreds of
 * seconds.
 */
const TOLERANCES = { smooth: 1e-10, saga: 1e-6 }

export interface LinearComparison {
  readonly penalty: string
  readonly columns: number
  readonly auc: number
  readonly peerAuc: number
  readonly aucDifference: Interval
  readonly logLoss: number
  readonly peerLogLoss: number
  /** Largest difference between a coefficient of ours and the peer's, over all folds. */
  readonly coefficientDifference: number
  readonly seconds: number
  readonly peerSeconds: number
  readonly microsecondsPerRow: Readonly<Record<number, number>>
  readonly onnxMicrosecondsPerRow: Readonly<Record<number, number>>
  readonly peerMicrosecondsPerRow: Readonly<Record<number, number>>
  readonly peerVersion: string
}

interface PeerAnswer {
  readonly version: string
  readonly fits: readonly {
    readonly seconds: number
    readonly intercept: number
    readonly coefficients: readonly number[]
  }[]
  readonly microsecondsPerRow: Readonly<Record<number, number>>
}

/** Compares logistic regression with scikit-learn's under the same penalties, on the same columns, folds and rows. */
export async function compareLinear(
  python: string,
  directory: string,
  data: Dataset,
  splits: readonly Split[],
): Promise<LinearComparison[]> {
  const answers: LinearComparison[] = []
  for (const { name, lambda, l1Ratio } of PENALTIES) {
    const [own, peer] = [new Float64Array(data.count), new Float64Array(data.count)]
    const jobs: object[] = []
    const files: string[] = []
    let seconds = 0
    const fits = splits.map(({ train, test }, fold) => {
      const [rows, held] = [chosenRows(data, train), chosenRows(data, test)]
      const startedAt = performance.now()
      const parameters = logistic.train(rows, 1, undefined, { lambda, l1Ratios: [l1Ratio] })
      seconds += (performance.now() - startedAt) / 1_000
      const into = new Float64Array(held.count)
      void logistic.scorer(parameters)(held, into)
      test.forEach((row, place) => (own[row] = into[place]!))
      const standardisation = fitStandardisation(rows, allRows(rows.count))
      const design = designOf(standardisation, rows, allRows(rows.count))
      files.push(join(directory, `scores-${fold}`))
      jobs.push({
        lambda,
        l1Ratio,
        count: rows.count,
        testCount: held.count,
        design: writeNumbers(directory, `design-${fold}`, design.columns),
        test: writeNumbers(directory, `test-${fold}`, designOf(standardisation, held, allRows(held.count)).columns),
        labels: writeNumbers(directory, `labels-${fold}`, rows.labels),
        scores: files.at(-1),
      })
      return { parameters, held }
    })
    const job = { fits: jobs, tolerance: l1Ratio === 0 ? TOLERANCES.smooth : TOLERANCES.saga, batches: BATCHES }
    const answer = await runPython<PeerAnswer>(python, './sklearn_peer.py', job, directory)
    splits.forEach(({ test }, fold) => {
      const scores = readScores(files[fold]!)
      test.forEach((row, place) => (peer[row] = scores[place]!))
    })
    const { parameters, held } = fits.at(-1)!
    answers.push({
      penalty: name,
      columns: parameters.coefficients.length,
      auc: rocAuc(data.labels, own),
      peerAuc: rocAuc(data.labels, peer),
      aucDifference: bootstrapDifference(rocAuc, data.labels, own, peer, { seed: 1, draws: DRAWS }),
      logLoss: logLoss(data.labels, own),
      peerLogLoss: logLoss(data.labels, peer),
      coefficientDifference: Math.max(
        ...fits.flatMap(({ parameters: { coefficients } }, fold) =>
          coefficients.map((coefficient, column) => Math.abs(coefficient - answer.fits[fold]!.coefficients[column]!)),
        ),
      ),
      seconds,
      peerSeconds: answer.fits.reduce((sum, fit) => sum + fit.seconds, 0),
      microsecondsPerRow: await timePerRow(held, logistic.scorer(parameters)),
      onnxMicrosecondsPerRow: await onnxTimePerRow(held, linearToOnnx(parameters, 'classification')),
      peerMicrosecondsPerRow: answer.microsecondsPerRow,
      peerVersion: answer.version,
    })
  }
  return answers
}
