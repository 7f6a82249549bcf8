import { defaultWindow } from '../../models/drift/watched-stream.ts'
import { bootstrapInterval, type Interval } from '../../models/evaluation/bootstrap.ts'
import { clustersOf } from '../../models/evaluation/clusters.ts'
import { lossesOf } from '../../models/evaluation/losses.ts'
import { logLoss } from '../../models/evaluation/metrics.ts'
import { chosenRows } from '../../models/split.ts'
import { columnNamed, TableError, type Table } from '../../models/table/table.ts'
import type { TargetOptions } from '../../models/table/target.ts'
import { leakyFeatures, leakageNote } from '../../retrainer/training/tables/leaky-features.ts'
import { ripeRows, type LabelDelay } from './label-delay.ts'
import { learnableStream, ripeRowsFrom, type LearnableStream } from './learnable-stream.ts'
import { retrainName, type PolicyOptions, type PolicyRun, type Retrain, type Training } from './policy.ts'
import { runIncremental } from './run-incremental.ts'
import { runOnDrift } from './run-on-drift.ts'
import { runSchedule } from './run-schedule.ts'
import { streamFigures, type StreamFigures } from './stream-figures.ts'
import { streamTable, type StreamOptions } from './stream-table.ts'
import { streamTarget } from './stream-target.ts'

export interface EvaluateStreamOptions
  extends StreamOptions, Pick<TargetOptions, 'positive'>, Omit<PolicyOptions, 'window' | 'progress'> {
  readonly target: string
  readonly drop: readonly string[]
  readonly asCategories: readonly string[]
  readonly asNumbers: readonly string[]
  readonly labelDelay: LabelDelay
  /** Number of rows before the first scored one. */
  readonly start: number
  readonly policies: readonly Retrain[]
  /** Rows per period; default: a twentieth of the scored rows, at least 200. */
  readonly period?: number | undefined
  readonly window?: number | undefined
  readonly progress?: (done: number) => void
}

export interface EvaluatedPolicy extends StreamFigures {
  readonly retrain: string
  readonly trainings: number
  readonly trainedAt: readonly Training[]
  readonly cpuSeconds: number
  readonly notes: readonly string[]
  /** Log loss minus that of the first policy, on the same rows; negative is better. */
  readonly difference: Interval | null
}

export interface StreamEvaluation {
  readonly rows: number
  readonly start: number
  readonly scored: number
  readonly period: number
  /** Log loss of a constant prediction: the rate of the labels that were ripe at the start. */
  readonly baseline: number
  readonly positive: string
  readonly policies: readonly EvaluatedPolicy[]
  readonly notes: readonly string[]
}

/** Rows per block in the bootstrap: neighbouring rows share their drift. */
const BLOCK_ROWS = 250
const RIPE_MIN = 50

/** Scores each row of a stream and learns its label once it is ripe, for each policy. Throws `TableError`. */
export async function evaluateStream(table: Table, options: EvaluateStreamOptions): Promise<StreamEvaluation> {
  const { stream, positive, notes } = prepare(table, options)
  const { start, count, labels } = stream
  const period = options.period ?? Math.max(200, Math.round((count - start) / 20))
  const window = options.window ?? defaultWindow(count - start)
  const scoredLabels = labels.subarray(start)
  const runs: { readonly run: PolicyRun; readonly cpuSeconds: number }[] = []
  for (const [at, policy] of options.policies.entries()) {
    const began = process.cpuUsage()
    const run = await runOf(policy)(stream, {
      family: options.family,
      seed: options.seed,
      window,
      progress: (done) => options.progress?.((at + done) / options.policies.length),
    })
    const { user, system } = process.cpuUsage(began)
    runs.push({ run, cpuSeconds: (user + system) / 1e6 })
  }
  const ripeAtStart = ripeRowsFrom(stream, 0, start)
  const rate = ripeAtStart.reduce((sum, row) => sum + labels[row]!, 0) / ripeAtStart.length
  const known = scoredLabels.filter((label) => !Number.isNaN(label))
  return {
    rows: count,
    start,
    scored: known.length,
    period,
    baseline: logLoss(known, new Float64Array(known.length).fill(rate)),
    positive,
    policies: runs.map(({ run, cpuSeconds }, at) => ({
      retrain: retrainName(options.policies[at]!),
      ...streamFigures(run.scores, scoredLabels, start, period),
      trainings: run.trainings.length,
      trainedAt: run.trainings.map((training) => ({ ...training, row: training.row + 1 })),
      cpuSeconds,
      notes: run.notes,
      difference: at === 0 ? null : pairedDifference(scoredLabels, run.scores, runs[0]!.run.scores, options.seed),
    })),
    notes,
  }
}

function runOf(retrain: Retrain): (stream: LearnableStream, options: PolicyOptions) => Promise<PolicyRun> {
  if (retrain.kind === 'drift') return runOnDrift
  if (retrain.kind === 'incremental') return runIncremental
  return (stream, options) => runSchedule(stream, options, retrain.kind === 'every' ? retrain.rows : Infinity)
}

function prepare(table: Table, options: EvaluateStreamOptions) {
  const { target, time, drop, labelDelay, start } = options
  const read = streamTable(table, options)
  const { labels, classes, kind, column } = streamTarget(read, target, options)
  if (kind === 'regression' || classes.length !== 2)
    throw new TableError(
      `The target ${column} has ${kind === 'regression' ? 'numbers' : `${classes.length} classes`}, and policies are compared on two classes: say with --positive which value is meant.`,
    )
  if (labelDelay.kind === 'time' && !read.timesAreDates)
    throw new TableError('A --label-delay in time needs a --time column of dates; without one, give it in rows.')
  if (start >= table.count)
    throw new TableError(`--start is ${start}, and the table has ${table.count} rows: none would be left to score.`)
  const ripe = ripeRows(table.count, labelDelay, read.times)
  const known = labels.subarray(0, ripe[start]).filter((label) => !Number.isNaN(label))
  if (known.length < RIPE_MIN || new Set(known).size < 2)
    throw new TableError(
      `Of the ${start} rows before --start, ${known.length} have a ripe label${known.length > 0 && new Set(known).size < 2 ? ', all of them the same' : ''}: at least ${RIPE_MIN} of both classes are needed. A larger --start, or a shorter --label-delay, gives more.`,
    )
  if (labels.subarray(start).every((label) => Number.isNaN(label)))
    throw new TableError(`No row after --start has a ${column}: there is nothing to measure on.`)
  const named = (names: readonly string[]) => new Set(names.map((name) => columnNamed(table, name).name))
  const stream = learnableStream(read, labels, ripe, start, {
    leftOut: named([target, ...(time === undefined ? [] : [time]), ...drop]),
    asCategories: named(options.asCategories),
    asNumbers: named(options.asNumbers),
    decimal: options.decimal,
    dates: options.dates,
  })
  return { stream, positive: classes[1]!, notes: [...read.notes, ...notesOn(stream, column)] }
}

/** Returns notes on the columns, and on those that leak the label, from the rows with ripe labels at the start. */
function notesOn(stream: LearnableStream, target: string): string[] {
  const data = stream.datasetAt(stream.start)
  const rows = ripeRowsFrom(stream, 0, stream.start)
  return [
    ...leakyFeatures(chosenRows(data, rows), 'classification').map((name) => leakageNote(name, target)),
    ...stream.columns
      .filter(({ kind }) => kind === 'left out')
      .map(({ column, note }) => `Column ${column} is left out at the start: ${note}.`),
  ]
}

/** Returns the paired difference in log loss with a block bootstrap interval (Künsch 1989, with disjoint blocks). */
function pairedDifference(labels: Float64Array, scores: Float64Array, others: Float64Array, seed: number): Interval {
  const rows = [...labels.keys()].filter((row) => !Number.isNaN(labels[row]))
  const pick = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]!)
  const [own, other] = [scores, others].map((one) => lossesOf('classification', pick(labels), pick(one)))
  const differences = own!.map((loss, row) => loss - other![row]!)
  return bootstrapInterval(
    rows.length,
    (drawn) => drawn.reduce((sum, row) => sum + differences[row]!, 0) / drawn.length,
    { seed, clusters: clustersOf(rows.map((_, place) => Math.floor(place / BLOCK_ROWS))) },
  )
}
