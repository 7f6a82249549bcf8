import { wrongSettings, type SettingRule } from '../../../models/check-settings.ts'
import { DatasetError } from '../../../models/check-dataset.ts'
import { createEarlyStopping } from '../../../models/deep/early-stopping.ts'
import { contextColumns, contextWidth, fitContext } from '../../../models/intent/context-columns.ts'
import { intentBatches, padded } from '../../../models/intent/intent-batches.ts'
import {
  initialIntentWeights,
  packIntentWeights,
  unpackIntentWeights,
  type IntentParameters,
} from '../../../models/intent/intent-parameters.ts'
import { fitPieces, pieceReader } from '../../../models/intent/intent-pieces.ts'
import type { ContextOn, IntentShape } from '../../../models/intent/intent-shape.ts'
import type { Batch } from '../../../models/model.ts'
import { random } from '../../../models/random.ts'
import { openIntentLearner, type OpenIntentLearner } from '../../../runtimes/tensorflow/open-intent-learner.ts'
import { pickedRows } from '../../../models/picked-rows.ts'

/** Texts with their context and intents. */
export interface IntentTexts extends Batch {
  readonly texts: readonly string[]
  /** Names of the numbers in a row. */
  readonly featureNames: readonly string[]
  /** Whether each of them is a categorical code. */
  readonly isCode: readonly boolean[]
  /** Indices into `intents`; −1 for none of them. Only the threshold is fitted on texts with −1. */
  readonly labels: Int32Array
  readonly intents: readonly string[]
}

export interface IntentSettings {
  readonly width: number
  readonly heads: number
  readonly layers: number
  readonly feedForward: number
  readonly contextUnits: number
  readonly contextOn: ContextOn
  readonly piecesMax: number
  readonly learningRate: number
  readonly weightDecay: number
  readonly dropout: number
  readonly batchRows: number
  readonly epochs: number
  /** Early stopping patience in epochs of validation loss; 0 disables it. */
  readonly earlyStoppingEpochs: number
  readonly classWeights: 'none' | 'balanced'
}

export const defaultIntentSettings: IntentSettings = {
  width: 96,
  heads: 4,
  layers: 2,
  feedForward: 192,
  contextUnits: 32,
  contextOn: 'both',
  piecesMax: 48,
  learningRate: 0.003,
  weightDecay: 0.01,
  dropout: 0.1,
  batchRows: 32,
  epochs: 40,
  earlyStoppingEpochs: 8,
  classWeights: 'none',
}

export interface Learned {
  readonly parameters: IntentParameters
  /** Logits of the validation rows at the best epoch, in row order. */
  readonly validationLogits: Float32Array
  readonly epochs: number
  /** Epochs over which the learning rate decayed; `undefined` if it was halved on plateaus instead. */
  readonly decayEpochs: number | undefined
  readonly losses: readonly number[]
}

/** Share of the steps for learning rate warm-up (Vaswani et al. 2017, 5.3). */
const WARM_UP_SHARE = 0.05
const ROWS_AT_ONCE = 256

const rules: Readonly<Record<keyof IntentSettings, SettingRule>> = {
  width: [1, 1024, true],
  heads: [1, 64, true],
  layers: [0, 12, true],
  feedForward: [1, 4096, true],
  contextUnits: [1, 1024, true],
  contextOn: { oneOf: ['attention', 'head', 'both', 'none'] },
  piecesMax: [2, 512, true],
  learningRate: [0, 1, false],
  weightDecay: [0, 1, false],
  dropout: [0, 0.9, false],
  batchRows: [1, 4096, true],
  epochs: [1, 1000, true],
  earlyStoppingEpochs: [0, 1000, true],
  classWeights: { oneOf: ['none', 'balanced'] },
}

/** Merges settings with the defaults. Throws for settings that are unknown or out of range. */
export function intentSettings(given: Readonly<Record<string, unknown>>): IntentSettings {
  const settings = { ...defaultIntentSettings, ...given } as IntentSettings
  const wrong = wrongSettings({ ...settings }, rules)
  if (wrong.length > 0) throw new Error(`The settings of the intent model can't be used. ${wrong.join(' ')}`)
  if (settings.width % settings.heads !== 0)
    throw new Error(`width ${settings.width} can't be divided among ${settings.heads} heads.`)
  return settings
}

export interface IntentLearning {
  /** Rows to learn from. */
  readonly rows: Int32Array
  /** Rows for early stopping. */
  readonly validation: Int32Array
  readonly settings: IntentSettings
  readonly seed: number
  /** Initial vectors of word pieces; random if not given. */
  readonly vectorOf?: ((piece: string) => Float32Array | undefined) | undefined
  /** Model to continue from; if not given, training starts from scratch. */
  readonly from?: IntentParameters | undefined
  /**
   * Epochs over which the learning rate decays, if the first training had such a plan; derived from the number of texts
   * if not given.
   */
  readonly decayEpochs?: number | undefined
  /** Progress in epochs; `of` is an estimate if training may stop early. */
  readonly progress?: (done: number, of: number, loss?: number) => void
}

/**
 * Budget of epochs × texts. With many texts, further epochs gain little: within the budget, 18,000 texts take minutes
 * instead of hours. The learning rate then decays linearly to a tenth.
 */
const TEXTS_READ_MAX = 100_000
const EPOCHS_MIN = 5
const RATE_SHARE_MIN = 0.1
/**
 * Epochs of the final training on all texts when it continues from the first one, and the share of the learning rate at
 * which it starts.
 */
const FINAL_EPOCHS = 2
const FINAL_RATE_SHARE = 0.5
/** Typical number of epochs until early stopping, for estimating progress. */
const TYPICAL_EPOCHS = 20

/**
 * Returns the number of epochs within the budget for this many texts; `undefined` if the settings ask for no more
 * anyway.
 */
function decayEpochsOf(texts: number, { epochs }: IntentSettings): number | undefined {
  const most = Math.max(EPOCHS_MIN, Math.round(TEXTS_READ_MAX / texts))
  return most < epochs ? most : undefined
}

/** Returns the epochs of a final training that continues from the first one; `undefined` if it starts from scratch. */
export function finalEpochsOf(texts: number, settings: IntentSettings): number | undefined {
  return decayEpochsOf(texts, settings) === undefined ? undefined : FINAL_EPOCHS
}

/**
 * Trains an intent transformer on some rows with early stopping on others. Temperature and threshold are fitted later.
 */
export async function learnIntents(data: IntentTexts, options: IntentLearning): Promise<Learned> {
  const { settings, seed, from } = options
  const known = options.rows.filter((row) => data.labels[row] !== -1)
  if (new Set(known.map((row) => data.labels[row]!)).size < 2)
    throw new DatasetError(`The ${known.length} training texts have a single intent: there is nothing to learn.`)
  const {
    pieces,
    context,
    shape,
    weights: first,
  } = from === undefined ? initialise(data, known, options) : resume(from)
  const { learningRate, weightDecay, dropout } = settings
  const inputs = inputsOf(data.texts.map(pieceReader(pieces, shape.piecesMax)), contextColumns(context, data), shape)
  const learner = openIntentLearner(shape, first, { learningRate, weightDecay, dropout, seed: seed + 2 })
  const { weights, ...best } = await trainIntentEpochs(learner, data, inputs, known, options).finally(() =>
    learner.close(),
  )
  return {
    parameters: {
      shape,
      pieces,
      context,
      intents: data.intents,
      weights: packIntentWeights(weights),
      temperature: 1,
      threshold: 0,
    },
    ...best,
  }
}

type InitialState = Pick<IntentParameters, 'pieces' | 'context' | 'shape'> & { readonly weights: Float32Array[] }

function initialise(data: IntentTexts, known: Int32Array, { settings, seed, vectorOf }: IntentLearning): InitialState {
  const pieces = fitPieces(Array.from(known, (row) => data.texts[row]!))
  const context = fitContext(chosenRows(data, known), data.isCode)
  const shape = shapeOf(settings, pieces.length, contextWidth(context), data.intents.length)
  const weights = initialIntentWeights(shape, seed)
  if (vectorOf !== undefined) startPieces(weights[0]!, pieces, shape.width, vectorOf)
  return { pieces, context, shape, weights }
}

function resume({ pieces, context, shape, weights }: IntentParameters): InitialState {
  return { pieces, context, shape, weights: [...unpackIntentWeights({ shape, weights }).values()] }
}

/** Texts with their context in the learner's format. */
interface IntentInputs {
  /** Length of each text in pieces. */
  readonly lengths: Int32Array
  batch(rows: Int32Array): ReturnType<typeof padded>
}

function inputsOf(texts: readonly Int32Array[], columns: Float32Array, shape: IntentShape): IntentInputs {
  return {
    lengths: Int32Array.from(texts, (ids) => ids.length),
    batch: (rows) => padded(texts, columns, shape.context, rows),
  }
}

interface BestEpoch extends Omit<Learned, 'parameters'> {
  readonly weights: Float32Array[]
}

async function trainIntentEpochs(
  learner: OpenIntentLearner,
  data: IntentTexts,
  inputs: IntentInputs,
  known: Int32Array,
  {
    validation,
    settings,
    seed,
    from,
    decayEpochs = decayEpochsOf(known.length, settings),
    progress = () => {},
  }: IntentLearning,
): Promise<BestEpoch> {
  const epochs = Math.min(settings.epochs, decayEpochs ?? Number.POSITIVE_INFINITY)
  const next = random(seed + 1)
  const classWeights = classWeighing(data.labels, known, data.intents.length, settings.classWeights)
  const advise = earlyStoppingOf(settings.earlyStoppingEpochs)
  const stepsPerEpoch = Math.ceil(known.length / settings.batchRows)
  const warmUp = WARM_UP_SHARE * stepsPerEpoch * Math.min(settings.epochs, 10)
  const startShare = from === undefined ? 1 : FINAL_RATE_SHARE
  const losses: number[] = []
  let [rate, steps] = [settings.learningRate, 0]
  let best: BestEpoch | undefined
  const expected = (epoch: number) =>
    settings.earlyStoppingEpochs === 0 || decayEpochs !== undefined
      ? epochs
      : Math.min(epochs, Math.max(TYPICAL_EPOCHS, epoch, (best?.epochs ?? 0) + settings.earlyStoppingEpochs))
  for (let epoch = 1; epoch <= epochs; epoch++) {
    for (const batch of intentBatches(inputs.lengths, known, settings.batchRows, next)) {
      const labels = Int32Array.from(batch, (row) => data.labels[row]!)
      const weights = Float32Array.from(labels, (label) => classWeights[label]!)
      const decay =
        decayEpochs === undefined
          ? 1
          : startShare - ((startShare - RATE_SHARE_MIN) * steps) / (decayEpochs * stepsPerEpoch)
      await learner.step({ ...inputs.batch(batch), labels, weights }, rate * decay * Math.min(1, ++steps / warmUp))
      progress(steps / stepsPerEpoch, expected(epoch))
    }
    const validationLogits = await logitsOf(learner, inputs, validation, data.intents.length)
    const loss = validationLoss(validationLogits, validation, data)
    if (!Number.isNaN(loss)) losses.push(loss)
    const { isBest, shouldReduceRate, shouldStop } = advise(loss)
    if (isBest) best = { weights: await learner.weights(), validationLogits, epochs: epoch, decayEpochs, losses }
    if (shouldReduceRate && decayEpochs === undefined) rate /= 2
    progress(epoch, shouldStop ? epoch : expected(epoch), loss)
    if (shouldStop) break
  }
  return best!
}

/** Accepts every epoch if early stopping is off or no validation row has an intent. */
function earlyStoppingOf(earlyStoppingEpochs: number): ReturnType<typeof createEarlyStopping> {
  const advise = createEarlyStopping(earlyStoppingEpochs)
  return (loss) =>
    earlyStoppingEpochs === 0 || Number.isNaN(loss)
      ? { isBest: true, shouldReduceRate: false, shouldStop: false }
      : advise(loss)
}

async function logitsOf(
  learner: OpenIntentLearner,
  inputs: IntentInputs,
  rows: Int32Array,
  intents: number,
): Promise<Float32Array> {
  const into = new Float32Array(rows.length * intents)
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE)
    into.set(await learner.logits(inputs.batch(rows.slice(from, from + ROWS_AT_ONCE))), from * intents)
  return into
}

/** Returns the mean loss over the rows that have an intent; NaN if none has. */
function validationLoss(logits: Float32Array, rows: Int32Array, { labels, intents }: IntentTexts): number {
  let [sum, counted] = [0, 0]
  rows.forEach((row, at) => {
    const label = labels[row]!
    if (label === -1) return
    const own = logits.subarray(at * intents.length, (at + 1) * intents.length)
    const highest = own.reduce((most, one) => Math.max(most, one), Number.NEGATIVE_INFINITY)
    sum += highest + Math.log(own.reduce((total, one) => total + Math.exp(one - highest), 0)) - own[label]!
    counted++
  })
  return sum / counted
}

function shapeOf(settings: IntentSettings, vocabulary: number, context: number, intents: number): IntentShape {
  const { piecesMax, width, heads, layers, feedForward, contextUnits, contextOn } = settings
  return { vocabulary, piecesMax, width, heads, layers, feedForward, context, contextUnits, contextOn, intents }
}

/** Initialises the pieces that the backbone knows with its vectors; the others stay random. */
function startPieces(
  table: Float32Array,
  pieces: readonly string[],
  width: number,
  vectorOf: (piece: string) => Float32Array | undefined,
): void {
  pieces.forEach((piece, id) => {
    const vector = vectorOf(piece)
    if (vector !== undefined) table.set(vector, id * width)
  })
}

function classWeighing(
  labels: Int32Array,
  rows: Int32Array,
  intents: number,
  how: IntentSettings['classWeights'],
): Float64Array {
  if (how === 'none') return new Float64Array(intents).fill(1)
  const counts = new Float64Array(intents)
  for (const row of rows) counts[labels[row]!]!++
  return counts.map((count) => (count === 0 ? 0 : rows.length / (intents * count)))
}

function chosenRows({ rows, width }: Batch, chosen: Int32Array): Pick<Batch, 'rows' | 'width' | 'count'> {
  return { rows: pickedRows(rows, width, chosen), width, count: chosen.length }
}
