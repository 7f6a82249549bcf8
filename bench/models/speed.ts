import { join } from 'node:path'
import { restoreForest } from '../../models/boosting/forest.ts'
import { gbm } from '../../models/boosting/gradient-boosting.ts'
import type { Dataset } from '../../models/model.ts'
import { forestToOnnx } from '../../models/onnx/forest-to-onnx.ts'
import { random } from '../../models/random.ts'
import { runPython, writeNumbers } from './python.ts'
import { BATCHES, onnxTimePerRow, timePerRow } from './time-per-row.ts'

const WIDTH = 40
const SCORED_TREES = 300

export interface Speed {
  readonly rows: number
  readonly features: number
  readonly rounds: number
  readonly trainSeconds: number
  readonly peerTrainSeconds: number
  /** By rows per batch: 300 trees of depth 6. */
  readonly microsecondsPerRow: Readonly<Record<number, number>>
  readonly peerMicrosecondsPerRow: Readonly<Record<number, number>>
  /** Our trees in ONNX Runtime. */
  readonly onnxMicrosecondsPerRow: Readonly<Record<number, number>>
  readonly peerVersion: string
}

/** Creates rows of numbers with classes that depend on a few of them. */
function syntheticRows(count: number): Dataset {
  const next = random(1)
  const rows = Float32Array.from({ length: count * WIDTH }, () => next() * 2 - 1)
  const labels = Float64Array.from({ length: count }, (_, row) => {
    const [a, b, c, d] = rows.subarray(row * WIDTH, row * WIDTH + 4)
    return next() < 1 / (1 + Math.exp(-(2 * a! + 3 * b! * c! - d! ** 2))) ? 1 : 0
  })
  const featureNames = Array.from({ length: WIDTH }, (_, feature) => `f${feature}`)
  return { count, width: WIDTH, rows, labels, featureNames, texts: [], times: new Float64Array(count).fill(Number.NaN) }
}

/** Measures training and scoring on one thread, of ours and of LightGBM in turn. */
export async function speed(python: string, directory: string, count: number, rounds: number): Promise<Speed> {
  const data = syntheticRows(count)
  const settings = {
    learningRate: 0.1,
    depthMax: 6,
    leavesMax: 31,
    l2: 0,
    rowShare: 1,
    columnShare: 1,
    earlyStoppingRounds: 0,
  }
  const peerParameters = {
    objective: 'binary',
    learning_rate: 0.1,
    max_depth: 6,
    num_leaves: 31,
    min_data_in_leaf: 20,
    lambda_l2: 0,
  }
  const startedAt = performance.now()
  gbm.train(data, 1, undefined, { ...settings, trees: rounds })
  const trainSeconds = (performance.now() - startedAt) / 1_000
  const few = {
    ...data,
    count: 20_000,
    labels: data.labels.subarray(0, 20_000),
    times: data.times.subarray(0, 20_000),
    rows: data.rows.subarray(0, 20_000 * WIDTH),
  }
  const scored = gbm.train(few, 1, undefined, { ...settings, trees: SCORED_TREES })
  const scorer = gbm.scorer(scored)
  const onnx = forestToOnnx(restoreForest(scored.forest, WIDTH), WIDTH, 'classification')
  const asked = async (rows: Dataset, trees: number, batches: readonly number[]) =>
    runPython<{
      version: string
      fits: { binSeconds: number; boostSeconds: number }[]
      microsecondsPerRow: Record<number, number>
    }>(
      python,
      './lightgbm_peer.py',
      {
        width: WIDTH,
        rows: writeNumbers(directory, 'rows', rows.rows),
        labels: writeNumbers(directory, 'labels', rows.labels),
        // A single fold that contains all rows makes the peer train on all of them.
        folds: [writeNumbers(directory, 'fold', Int32Array.from(rows.labels.keys()))],
        categorical: [],
        parameters: peerParameters,
        rounds: trees,
        batches,
        scores: join(directory, 'scores'),
      },
      directory,
    )
  const peer = await asked(data, rounds, [])
  const peerScoring = await asked(few, SCORED_TREES, BATCHES)
  return {
    rows: count,
    features: WIDTH,
    rounds,
    trainSeconds,
    peerTrainSeconds: peer.fits[0]!.binSeconds + peer.fits[0]!.boostSeconds,
    microsecondsPerRow: await timePerRow(few, scorer),
    peerMicrosecondsPerRow: peerScoring.microsecondsPerRow,
    onnxMicrosecondsPerRow: await onnxTimePerRow(few, onnx),
    peerVersion: peer.version,
  }
}
