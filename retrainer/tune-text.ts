import { DatasetError } from '../models/check-dataset.ts'
import { intentBatches, padded } from '../models/intent/intent-batches.ts'
import { random } from '../models/random.ts'
import { honestSplit, type Split } from '../models/split.ts'
import { fitTemperature } from '../models/text/fit-text-model.ts'
import { probabilitiesOf } from '../models/text/softmax-head.ts'
import type { TextCase } from '../models/text/text-case.ts'
import { answersOf, rowLosses, textMetrics, type TextMetrics } from '../models/text/text-metrics.ts'
import { MARKS, windowsOf, type Strategy } from '../models/text/windows.ts'
import type { WordPieceTokenizer } from '../models/text/wordpiece.ts'
import type { BertBatch, Tuned } from '../runtimes/tensorflow/bert-learner.ts'
import { openBertLearner, type OpenBertLearner } from '../runtimes/tensorflow/open-bert-learner.ts'

export interface TuneSettings {
  readonly epochs: number
  readonly batchRows: number
  /** Batches whose gradients are added up for a step. */
  readonly accumulate: number
  readonly learningRate: number
  readonly headLearningRate: number
  readonly weightDecay: number
  readonly dropout: number
  /** Pieces of a case that are read at most, marks and all. */
  readonly piecesMax: number
  /** Epochs without a better validation loss that end the training. */
  readonly earlyStoppingEpochs: number
}

/** As BERT is tuned (Devlin et al. 2019, A.3), the head quicker since it begins from nothing; a single layer may move further. */
export const defaultTuning: Readonly<Record<Tuned, TuneSettings>> = {
  all: {
    epochs: 3,
    batchRows: 16,
    accumulate: 1,
    learningRate: 5e-5,
    headLearningRate: 1e-3,
    weightDecay: 0.01,
    dropout: 0.1,
    piecesMax: 128,
    earlyStoppingEpochs: 1,
  },
  last: {
    epochs: 6,
    batchRows: 16,
    accumulate: 1,
    learningRate: 1e-4,
    headLearningRate: 1e-3,
    weightDecay: 0.01,
    dropout: 0.1,
    piecesMax: 128,
    earlyStoppingEpochs: 2,
  },
}

/** What an interrupted training goes on from. */
export interface TuneCheckpoint {
  readonly epochs: number
  readonly bestLoss: number
  readonly weights: ReadonlyMap<string, Float32Array>
}

export interface TuneOptions {
  /** The float32 ONNX file of the backbone. */
  readonly file: string
  readonly tokenizer: WordPieceTokenizer
  readonly tune: Tuned
  readonly strategy: Exclude<Strategy, 'visit-wise'>
  readonly classWeights: 'none' | 'balanced'
  readonly settings: TuneSettings
  readonly seed: number
  /** What is learned from and what is measured on, where it isn't the newest fifth. */
  readonly split?: Split
  readonly checkpoint?: TuneCheckpoint | undefined
  /** Told after each epoch that is the best so far. */
  readonly save?: (checkpoint: TuneCheckpoint) => void
  readonly progress?: (share: number, loss?: number) => void
}

export interface Tuning {
  /** What was tuned, head and all, by name. */
  readonly weights: ReadonlyMap<string, Float32Array>
  readonly temperature: number
  readonly metrics: TextMetrics
  /** On the validation cases, after calibration. */
  readonly validationLoss: number
  readonly right: readonly boolean[]
  /** What was said of the test cases: [test cases × classes]. */
  readonly probabilities: Float64Array
  readonly epochs: number
  readonly backend: string
  readonly trainCases: number
  readonly testCases: number
  readonly cut: { readonly cases: number; readonly ids: number }
}

const TEST_SHARE = 0.2
const VALIDATION_SHARE = 0.2
const WARM_UP_SHARE = 0.1
const ROWS_AT_ONCE = 64

/** Reads cases as windows with their marks. */
export function markedWindows(
  cases: readonly TextCase[],
  { tokenizer, strategy, piecesMax }: Pick<TuneOptions, 'tokenizer' | 'strategy'> & { readonly piecesMax: number },
): { readonly windows: Int32Array[]; readonly cut: Tuning['cut'] } {
  const cut = { cases: 0, ids: 0 }
  const windows = cases.map(({ records }) => {
    const read = windowsOf(
      records.map(({ text, at }) => ({ ids: tokenizer.ids(text), at })),
      strategy,
      piecesMax - MARKS,
    )
    if (read.leftOut > 0) cut.cases++
    cut.ids += read.leftOut
    return Int32Array.of(tokenizer.begin, ...read.windows[0]!, tokenizer.end)
  })
  return { windows, cut }
}

/**
 * Tunes a backbone with a head on it on the same cases as `trainOnText` learns from, chooses the best epoch and calibrates on those that it
 * chooses by, measures on the same test cases. Throws `DatasetError` for labels that nothing can be learned from.
 */
export async function tuneText(
  cases: readonly TextCase[],
  times: Float64Array,
  labels: Int32Array,
  names: readonly string[],
  options: TuneOptions,
): Promise<Tuning> {
  const { settings, seed, progress = () => {} } = options
  const classes = names.length
  if (classes < 2)
    throw new DatasetError(
      `All ${labels.length} cases are ${JSON.stringify(names[0] ?? '')}: with a single class there is nothing to tell apart.`,
    )
  const { train, test } = options.split ?? honestSplit({ times, count: labels.length }, TEST_SHARE, seed)
  const inner = honestSplit(
    { times: Float64Array.from(train, (one) => times[one]!), count: train.length },
    VALIDATION_SHARE,
    seed,
  )
  const [learning, validation] = [inner.train, inner.test].map((rows) => rows.map((row) => train[row]!)) as [
    Int32Array,
    Int32Array,
  ]
  const { windows, cut } = markedWindows(cases, { ...options, piecesMax: settings.piecesMax })
  const lengths = Int32Array.from(windows, (ids) => ids.length)
  const weighing = classWeighing(labels, learning, classes, options.classWeights)
  const none = new Float32Array(0)
  const batchOf = (rows: Int32Array): BertBatch => ({
    ...padded(windows, none, 0, rows),
    labels: Int32Array.from(rows, (row) => labels[row]!),
    weights: Float32Array.from(rows, (row) => weighing[labels[row]!]!),
  })
  const asked = {
    file: options.file,
    tune: options.tune,
    classes,
    weightDecay: settings.weightDecay,
    dropout: settings.dropout,
    seed,
  }
  const wanted = (rows: Int32Array) => Int32Array.from(rows, (row) => labels[row]!)
  const best = await learned()
  // The best epoch need not be the last one: what is measured begins as it ended.
  const learner = openBertLearner({ ...asked, dropout: 0, from: best.weights })
  try {
    const held = forTwo(await logitsBy(learner, validation), classes)
    const temperature = fitTemperature(held, wanted(validation), classes)
    const said = probabilitiesOf(forTwo(await logitsBy(learner, test), classes), classes, temperature)
    return {
      weights: best.weights,
      temperature,
      metrics: textMetrics(wanted(test), said, classes, seed),
      validationLoss: mean(rowLosses(wanted(validation), probabilitiesOf(held, classes, temperature), classes)),
      right: Array.from(answersOf(said, classes), (answer, at) => answer === labels[test[at]!]),
      probabilities: said,
      epochs: best.epochs,
      backend: await learner.backend(),
      trainCases: train.length,
      testCases: test.length,
      cut,
    }
  } finally {
    await learner.close()
  }

  async function learned(): Promise<TuneCheckpoint> {
    const own = openBertLearner({ ...asked, from: options.checkpoint?.weights })
    try {
      const done = options.checkpoint?.epochs ?? 0
      const stepsPerEpoch = Math.ceil(learning.length / settings.batchRows / settings.accumulate)
      let steps = done * stepsPerEpoch
      let found = options.checkpoint
      let waited = 0
      for (let epoch = done + 1; epoch <= settings.epochs && waited < settings.earlyStoppingEpochs; epoch++) {
        const batches = intentBatches(lengths, learning, settings.batchRows, random(seed + epoch))
        for (let from = 0; from < batches.length; from += settings.accumulate) {
          const share = ++steps / (stepsPerEpoch * settings.epochs)
          // Up to its full size, and down to nothing.
          const pace = share < WARM_UP_SHARE ? share / WARM_UP_SHARE : (1 - share) / (1 - WARM_UP_SHARE)
          const loss = await own.step(
            batches.slice(from, from + settings.accumulate).map(batchOf),
            settings.learningRate * pace,
            settings.headLearningRate * pace,
          )
          progress(share, loss)
        }
        const logits = forTwo(await logitsBy(own, validation), classes)
        const bestLoss = mean(rowLosses(wanted(validation), probabilitiesOf(logits, classes, 1), classes))
        waited = found !== undefined && bestLoss >= found.bestLoss ? waited + 1 : 0
        if (waited > 0) continue
        found = { weights: await own.weights(), epochs: epoch, bestLoss }
        options.save?.(found)
      }
      return found!
    } finally {
      await own.close()
    }
  }

  /** Texts of like length together: little is filled up. */
  async function logitsBy(own: OpenBertLearner, rows: Int32Array): Promise<Float64Array> {
    const into = new Float64Array(rows.length * classes)
    const order = Int32Array.from(rows.keys()).sort((one, other) => lengths[rows[one]!]! - lengths[rows[other]!]!)
    for (let from = 0; from < order.length; from += ROWS_AT_ONCE) {
      const part = order.slice(from, from + ROWS_AT_ONCE)
      const given = await own.logits(batchOf(part.map((place) => rows[place]!)))
      part.forEach((place, at) => into.set(given.subarray(at * classes, (at + 1) * classes), place * classes))
    }
    return into
  }
}

/** Of two classes `probabilitiesOf` takes one number, the log-odds of the second. */
function forTwo(logits: Float64Array, classes: number): Float64Array {
  return classes === 2
    ? Float64Array.from({ length: logits.length / 2 }, (_, row) => logits[2 * row + 1]! - logits[2 * row]!)
    : logits
}

function classWeighing(labels: Int32Array, rows: Int32Array, classes: number, how: 'none' | 'balanced'): Float64Array {
  if (how === 'none') return new Float64Array(classes).fill(1)
  const counts = new Float64Array(classes)
  for (const row of rows) counts[labels[row]!]!++
  return counts.map((count) => (count === 0 ? 0 : rows.length / (classes * count)))
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
