import { blockSeries, type Blocks, type BlockSeries } from '../../models/drift/block-series.ts'
import { numberMeasures, numberScore, ranksAmong, referenceValues } from '../../models/drift/number-scores.ts'
import { blocksFrom, REFERENCE_BLOCKS, type WatchedStream } from '../../models/drift/watched-stream.ts'
import { DatasetError } from '../../models/check-dataset.ts'
import type { Dataset } from '../../models/model.ts'
import { chosenRows, folds } from '../../models/split.ts'
import { fitTableEncoding } from '../../models/table/table-encoding.ts'
import { TableError } from '../../models/table/table.ts'
import { scored } from '../../retrainer/lifecycle/scored.ts'
import type { Family } from '../../retrainer/training/tables/families.ts'
import type { StreamTarget } from './stream-target.ts'
import { featuresIn, rowsOfTable } from './stream-features.ts'
import type { StreamTable } from './stream-table.ts'

/** Folds of the reference for cross-fitting, so that the model is measured on rows that it has not seen. */
const PARTS = 4
/** Settings for a small reference, which does not support a large forest. */
const SETTINGS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  gbm: { trees: 120, learningRate: 0.08, depthMax: 3, leavesMax: 8, earlyStoppingRounds: 0 },
}
const CLASSES_MAX = 12

export interface TargetWatch {
  readonly stream: StreamTable
  readonly watched: WatchedStream
  readonly target: StreamTarget
  readonly family: Family
  readonly leftOut: ReadonlySet<string>
  readonly hints: Readonly<Record<string, unknown>>
  readonly seed: number
  /** Receives the reason if no model can be trained. */
  readonly say: (words: string) => void
}

/** Returns the maximum number of series, for the correction for multiple tests. */
export function targetSeriesCount({ kind, classes }: StreamTarget): number {
  return kind === 'regression' ? 5 : Math.min(classes.length, CLASSES_MAX) + 3
}

/**
 * Returns the series of a target from a block on: the rate of each class (for regression, ranks of the labels), and the
 * errors of a model trained on the reference only. Scores are cross-fitted within the reference; after it the model is
 * frozen.
 */
export async function targetSeries(watch: TargetWatch, from: number): Promise<readonly BlockSeries[]> {
  const { watched, target } = watch
  const blocks = blocksFrom(watched, from)
  const labels = labelSeries(watch, blocks)
  const scores = await frozenScores(watch, from)
  if (scores === undefined) return labels
  return [
    ...labels,
    ...(target.kind === 'regression' ? regressionErrors(watch, blocks, scores) : classErrors(watch, blocks, scores)),
  ]
}

function labelSeries({ target, watched }: TargetWatch, blocks: Blocks): BlockSeries[] {
  const { labels, classes, kind } = target
  if (kind === 'regression') {
    const places = ranksAmong(referenceValues(labels, watched, blocks.from), labels, blocks)
    return numberMeasures.map((measure) =>
      blockSeries({ measure, isShare: false, of: 'labels' }, blocks, (row) => numberScore(measure, places[row]!)),
    )
  }
  // With two classes, one rate determines the other.
  const named = classes.length === 2 ? [1] : [...classes.keys()].slice(0, CLASSES_MAX)
  return named.map((place) =>
    blockSeries({ measure: 'label rate', of: classes[place]!, isShare: true }, blocks, (row) =>
      Number.isNaN(labels[row]!) ? Number.NaN : labels[row] === place ? 1 : 0,
    ),
  )
}

/** Returns the error series of a classifier: label minus score, for two classes, and the squared error (Brier 1950). */
function classErrors({ target }: TargetWatch, blocks: Blocks, scores: Float64Array): BlockSeries[] {
  const { labels, classes } = target
  const outputs = classes.length === 2 ? 1 : classes.length
  const probability = (row: number) =>
    outputs === 1 ? (labels[row] === 1 ? scores[row]! : 1 - scores[row]!) : scores[row * outputs + labels[row]!]!
  const error = blockSeries({ measure: 'error', isShare: false, onlyUp: true }, blocks, (row) =>
    Number.isNaN(labels[row]!) ? Number.NaN : (1 - probability(row)) ** 2,
  )
  if (outputs > 1) return [error]
  return [blockSeries({ measure: 'calibration', isShare: false }, blocks, (row) => labels[row]! - scores[row]!), error]
}

/** Returns the error series of a regression, as ranks, since errors may have heavy tails. */
function regressionErrors({ target, watched }: TargetWatch, blocks: Blocks, scores: Float64Array): BlockSeries[] {
  const errors = target.labels.map((label, row) => label - scores[row]!)
  const locationOf = (values: Float64Array) => {
    const places = ranksAmong(referenceValues(values, watched, blocks.from), values, blocks)
    return (row: number) => numberScore('location', places[row]!)
  }
  return [
    blockSeries({ measure: 'calibration', isShare: false }, blocks, locationOf(errors)),
    blockSeries({ measure: 'error', isShare: false, onlyUp: true }, blocks, locationOf(errors.map(Math.abs))),
  ]
}

/** Returns the scores of all rows from the reference on, [rows × outputs]; `undefined` if no model can be trained. */
async function frozenScores(watch: TargetWatch, from: number): Promise<Float64Array | undefined> {
  const { stream, watched, target, family, seed, say } = watch
  const [first, last] = [from * watched.blockRows, (from + REFERENCE_BLOCKS) * watched.blockRows]
  const end = watched.blocks * watched.blockRows
  try {
    const all = datasetOf(watch, first, last, end)
    const learner = target.classes.length > 2 ? family.classes : family.learners[target.kind]
    const outputs = target.classes.length > 2 ? target.classes.length : 1
    const settings = SETTINGS[family.name] ?? {}
    const learned = places(first, last)
      .filter((row) => !Number.isNaN(target.labels[row]!))
      .map((row) => row - first)
    const scores = new Float64Array(end * outputs).fill(Number.NaN)
    const put = async (train: Int32Array, rows: Int32Array) => {
      const parameters = await learner.train(chosenRows(all, train), seed, undefined, settings)
      const own = await scored(learner.algorithm.scorer(parameters), chosenRows(all, rows), outputs)
      rows.forEach((row, at) => scores.set(own.subarray(at * outputs, (at + 1) * outputs), (first + row) * outputs))
    }
    const reference = chosenRows(all, learned)
    for (const { train, test } of folds({ ...reference, times: Float64Array.from(learned) }, PARTS, seed))
      await put(
        train.map((at) => learned[at]!),
        test.map((at) => learned[at]!),
      )
    await put(learned, places(last - first, end - first))
    return scores
  } catch (error) {
    if (!(error instanceof DatasetError || error instanceof TableError)) throw error
    say(
      `No model of ${target.column} could be learned from rows ${first + 1} to ${last}, so that only its labels are watched there: ${error.message}`,
    )
    return undefined
  }

  function datasetOf({ leftOut, hints }: TargetWatch, begin: number, until: number, to: number): Dataset {
    const { table, order } = stream
    const rows = order.subarray(begin, to)
    const { encoding } = fitTableEncoding(table, order.slice(begin, until), { leftOut, ...hints })
    return {
      ...featuresIn(rowsOfTable(table, rows), encoding),
      labels: target.labels.slice(begin, to),
      times: new Float64Array(rows.length).fill(Number.NaN),
      ...(target.classes.length > 2 ? { classes: target.classes } : {}),
    }
  }
}

function places(from: number, to: number): Int32Array {
  return Int32Array.from({ length: to - from }, (_, at) => from + at)
}
