import { alarmAt } from '../../models/drift/alarm-at.ts'
import { blockSeries } from '../../models/drift/block-series.ts'
import { regimeOf, type Regime } from '../../models/drift/drift.ts'
import {
  blocksFrom,
  EFFECT_MIN,
  REFERENCE_BLOCKS,
  testsOf,
  watchedStream,
  type WatchedStream,
} from '../../models/drift/watched-stream.ts'
import { logLoss } from '../../models/evaluation/metrics.ts'
import { folds } from '../../models/split.ts'
import { createBatchLearner, type BatchLearner, type TrainedModel } from './batch-learner.ts'
import { ripeRowsFrom, type LearnableStream } from './learnable-stream.ts'
import type { PolicyOptions, PolicyRun, Training } from './policy.ts'

const FALSE_ALARMS = 0.01
/** Number of watched series: label rate, calibration and error. */
const SERIES = 3
/** Folds of the training rows for cross-fitted scores. */
const PARTS = 4
/** Share of the rows since the drift, the newest, on which to decide whether older rows are forgotten. */
const CHOSEN_BY = 0.25
/** Growth of the rows since the drift at which the model is retrained. */
const GROWN = 2
/** Minimum rows since the drift to learn from. */
const ROWS_MIN = 100

/** Series that watch the current model. */
interface Watch {
  readonly watched: WatchedStream
  /** First row of the first block. */
  readonly first: number
  readonly regime: Regime
}

/**
 * Retrains when the labels show that the current model has drifted, and again as the rows since the drift grow. Each
 * time the newest labels decide whether older rows still help.
 */
export async function runOnDrift(stream: LearnableStream, options: PolicyOptions): Promise<PolicyRun> {
  const { start, count, ripe } = stream
  const learner = createBatchLearner(stream, options)
  const { blockRows } = watchedStream(count, options.window)
  const scores = new Float64Array(count - start)
  const trainings: Training[] = []
  const referenceRows = REFERENCE_BLOCKS * blockRows
  let onset: number | undefined
  let retrainAt = Infinity

  async function trainAt(row: number, why: string) {
    const { rows, words } = await rowsToLearn(learner, stream, row, onset)
    const model = await learner.train(row, rows)
    trainings.push({ row, rows: rows.length, why: `${why}${words}` })
    const sinceOnset = ripe[row]! - (onset ?? 0)
    retrainAt =
      onset === undefined || sinceOnset > 2 * referenceRows ? Infinity : onset + Math.max(ROWS_MIN, GROWN * sinceOnset)
    const first = Math.max(onset ?? 0, ripe[row]! - 2 * referenceRows)
    return { model, watch: await watchOf(learner, stream, model, { row, first, rows, ...options }) }
  }

  let { model, watch } = await trainAt(start, 'start')
  for (let row = start; row < count; row += blockRows) {
    const at = Math.floor((ripe[row]! - watch.first) / blockRows)
    const alarm =
      at < REFERENCE_BLOCKS + 2 ? undefined : alarmAt(watch.watched, watch.regime, at, alarmOptions(watch.watched))
    if (alarm !== undefined) {
      onset = watch.first + alarm.onset * blockRows
      const { measure } = watch.regime.series[alarm.evidence[0]!.index]!
      ;({ model, watch } = await trainAt(row, `${measure} drifted at row ${onset + 1}`))
    } else if (ripe[row]! >= retrainAt) ({ model, watch } = await trainAt(row, 'more rows since the drift'))
    const to = Math.min(count, row + blockRows)
    scores.set(await model.score(row, to), row - start)
    options.progress?.((to - start) / scores.length)
  }
  return { scores, trainings, notes: [] }
}

function alarmOptions(watched: WatchedStream) {
  return { alpha: FALSE_ALARMS / (SERIES * testsOf(watched)), effectMin: EFFECT_MIN }
}

/** Returns all ripe rows, or only those since the drift if a model of these does better on the newest of them. */
async function rowsToLearn(learner: BatchLearner, stream: LearnableStream, row: number, onset: number | undefined) {
  const all = ripeRowsFrom(stream, 0, row)
  if (onset === undefined) return { rows: all, words: '' }
  const recent = ripeRowsFrom(stream, onset, row)
  const newest = recent.subarray(Math.floor(recent.length * (1 - CHOSEN_BY)))
  const older = recent.subarray(0, recent.length - newest.length)
  if (recent.length < ROWS_MIN || !learner.canLearn(older) || !learner.canLearn(newest)) return { rows: all, words: '' }
  const lossOf = async (rows: Int32Array) => {
    const model = await learner.train(row, rows)
    const scores = await model.score(newest[0]!, newest.at(-1)! + 1)
    return logLoss(
      Float64Array.from(newest, (at) => stream.labels[at]!),
      Float64Array.from(newest, (at) => scores[at - newest[0]!]!),
    )
  }
  const before = all.subarray(0, all.length - newest.length)
  return (await lossOf(older)) < (await lossOf(before))
    ? { rows: recent, words: '; learned from the rows since then' }
    : { rows: all, words: '; learned from all rows' }
}

interface WatchOptions {
  readonly row: number
  /** First row to watch, where the reference begins. */
  readonly first: number
  /** Rows that the model learned from. */
  readonly rows: Int32Array
  readonly window: number
  readonly seed: number
}

/** Starts to watch a model. It scores new rows; its training rows are scored by models of the other folds. */
async function watchOf(
  learner: BatchLearner,
  stream: LearnableStream,
  model: TrainedModel,
  { row, first, rows, window, seed }: WatchOptions,
): Promise<Watch> {
  const { count, labels } = stream
  const scores = await model.score(first, count)
  const parts = folds({ count: rows.length, times: Float64Array.from(rows) }, PARTS, seed)
  for (const { train, test } of parts) {
    const held = test.map((at) => rows[at]!)
    const learned = train.map((at) => rows[at]!)
    if (held.at(-1)! < first || !learner.canLearn(learned)) continue
    const other = await learner.train(row, learned)
    const own = await other.score(held[0]!, held.at(-1)! + 1)
    for (const at of held) if (at >= first) scores[at - first] = own[at - held[0]!]!
  }
  const watched = watchedStream(count - first, window)
  const blocks = blocksFrom(watched, 0)
  const label = (at: number) => labels[first + at]!
  const series = [
    blockSeries({ measure: 'label rate', isShare: true }, blocks, label),
    blockSeries({ measure: 'calibration', isShare: false }, blocks, (at) => label(at) - scores[at]!),
    blockSeries({ measure: 'error', isShare: false, onlyUp: true }, blocks, (at) => (label(at) - scores[at]!) ** 2),
  ]
  return { watched, first, regime: regimeOf(watched, series, 0) }
}
