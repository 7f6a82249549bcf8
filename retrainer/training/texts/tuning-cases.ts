import { intentBatches, padded } from '../../../models/intent/intent-batches.ts'
import type { Random } from '../../../models/random.ts'
import type { TextCase } from '../../../models/text/text-case.ts'
import { SPECIAL_TOKEN_COUNT, windowsOf, type Strategy } from '../../../models/text/windows.ts'
import type { WordPieceTokenizer } from '../../../models/text/wordpiece.ts'
import type { BertBatch } from '../../../runtimes/tensorflow/bert-learner.ts'
import type { OpenBertLearner } from '../../../runtimes/tensorflow/open-bert-learner.ts'

/** Labelled cases as windows of pieces, in the format of a BERT learner. */
export interface TuningCases {
  readonly classes: number
  labelsOf(rows: Int32Array): Int32Array
  batch(rows: Int32Array): BertBatch
  /** Returns the rows in batches of similar length, in random order. */
  shuffled(rows: Int32Array, batchRows: number, next: Random): Int32Array[]
  logits(learner: OpenBertLearner, rows: Int32Array): Promise<Float64Array>
}

const ROWS_AT_ONCE = 64
const NO_CONTEXT = new Float32Array(0)

export function createTuningCases(
  windows: readonly Int32Array[],
  labels: Int32Array,
  weights: Float64Array,
): TuningCases {
  const classes = weights.length
  const lengths = Int32Array.from(windows, (ids) => ids.length)
  const batch = (rows: Int32Array): BertBatch => ({
    ...padded(windows, NO_CONTEXT, 0, rows),
    labels: rows.map((row) => labels[row]!),
    weights: Float32Array.from(rows, (row) => weights[labels[row]!]!),
  })
  return {
    classes,
    labelsOf: (rows) => rows.map((row) => labels[row]!),
    batch,
    shuffled: (rows, batchRows, next) => intentBatches(lengths, rows, batchRows, next),
    /** Batches texts of similar length to save padding. */
    async logits(learner, rows) {
      const into = new Float64Array(rows.length * classes)
      const order = Int32Array.from(rows.keys()).sort((one, other) => lengths[rows[one]!]! - lengths[rows[other]!]!)
      for (let from = 0; from < order.length; from += ROWS_AT_ONCE) {
        const part = order.slice(from, from + ROWS_AT_ONCE)
        const logits = await learner.logits(batch(part.map((place) => rows[place]!)))
        part.forEach((place, at) => into.set(logits.subarray(at * classes, (at + 1) * classes), place * classes))
      }
      return classes === 2 ? logOdds(into) : into
    },
  }
}

/** Returns the log-odds of the second class, which `probabilitiesOf` takes for two classes. */
function logOdds(logits: Float64Array): Float64Array {
  return Float64Array.from({ length: logits.length / 2 }, (_, row) => logits[2 * row + 1]! - logits[2 * row]!)
}

/** Returns the class weights: equal, or balanced so that all classes weigh the same over `rows`. */
export function classWeightsOf(
  labels: Int32Array,
  rows: Int32Array,
  classes: number,
  how: 'none' | 'balanced',
): Float64Array {
  if (how === 'none') return new Float64Array(classes).fill(1)
  const counts = new Float64Array(classes)
  for (const row of rows) counts[labels[row]!]!++
  return counts.map((count) => (count === 0 ? 0 : rows.length / (classes * count)))
}

export interface WindowOptions {
  readonly tokenizer: WordPieceTokenizer
  readonly strategy: Exclude<Strategy, 'visit-wise'>
  readonly piecesMax: number
}

/** Splits cases into windows of pieces with special tokens, truncated to `piecesMax`. */
export function markedWindows(
  cases: readonly TextCase[],
  { tokenizer, strategy, piecesMax }: WindowOptions,
): { readonly windows: Int32Array[]; readonly truncated: { readonly cases: number; readonly ids: number } } {
  const truncated = { cases: 0, ids: 0 }
  const windows = cases.map(({ records }) => {
    const read = windowsOf(
      records.map(({ text, at }) => ({ ids: tokenizer.ids(text), at })),
      strategy,
      piecesMax - SPECIAL_TOKEN_COUNT,
    )
    if (read.leftOut > 0) truncated.cases++
    truncated.ids += read.leftOut
    return Int32Array.of(tokenizer.begin, ...read.windows[0]!, tokenizer.end)
  })
  return { windows, truncated }
}
