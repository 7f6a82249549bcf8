import { bootstrapInterval, type Interval } from '../../../models/evaluation/bootstrap.ts'
import { DatasetError } from '../../../models/check-dataset.ts'
import { intent } from '../../../models/intent/intent.ts'
import type { IntentParameters } from '../../../models/intent/intent-parameters.ts'
import {
  bestProbabilities,
  outOfScopeMetrics,
  type OutOfScopeMetrics,
} from '../../../models/intent/out-of-scope-metrics.ts'
import { fitOutOfScopeThreshold, type OutOfScopeThreshold } from '../../../models/intent/out-of-scope-threshold.ts'
import type { TextModelParameters } from '../../../models/text/text-model.ts'
import { predictedClasses, textMetrics, type TextMetrics } from '../../../models/text/text-metrics.ts'
import { scored } from '../../lifecycle/scored.ts'
import type { TermsBaseline } from '../texts/terms-baseline.ts'
import { splitTexts, type TextSplit, type TextSplitOptions } from '../texts/text-split.ts'
import { fitBlend } from './blend-intents.ts'
import type { FittedTerms } from './intent-terms.ts'
import {
  finalEpochsOf,
  learnIntents,
  type IntentLearning,
  type IntentSettings,
  type IntentTexts,
  type Learned,
} from './learn-intents.ts'
import { openTermsThread, type TermsThread } from './open-terms-thread.ts'
import { pickedRows } from '../../../models/picked-rows.ts'

export interface IntentTrainingOptions {
  readonly settings: IntentSettings
  readonly seed: number
  /** Whether to blend a linear model of terms (words and letters) with the encoder. */
  readonly withTerms: boolean
  /** Initial vectors of word pieces; random if not given. */
  readonly vectorOf?: ((piece: string) => Float32Array | undefined) | undefined
  /** When each text was said, ms; NaN if unknown. */
  readonly times: Float64Array
  /** Split to use instead of the newest fifth as the test. */
  readonly split?: TextSplitOptions['split']
  /** Whether only to measure, without training the final model on all texts. */
  readonly measureOnly?: boolean
  /** Whether to measure a model of terms alone for comparison. */
  readonly withBaseline?: boolean
  readonly progress?: (share: number, loss?: number) => void
}

export interface IntentTraining {
  readonly parameters: IntentParameters
  /** Metrics on the test texts that have an intent. */
  readonly metrics: TextMetrics
  /** Whether the prediction of each of these texts is right, for paired comparisons. */
  readonly right: readonly boolean[]
  readonly threshold: OutOfScopeThreshold
  /** Weights of encoder and terms; `undefined` for the encoder alone. */
  readonly shares: { readonly encoder: number; readonly terms: number } | undefined
  readonly none: OutOfScopeMetrics
  /** Metrics of terms alone on the same texts, with a threshold fitted in the same way. */
  readonly baseline: (TermsBaseline & { readonly none: OutOfScopeMetrics }) | undefined
  readonly epochs: number
  readonly trainTexts: number
  readonly testTexts: number
  readonly split: string
  readonly learnedRows: Int32Array
  /** The test texts that have an intent, and all test texts. */
  readonly testRows: Int32Array
  readonly allTestRows: Int32Array
  /** Probabilities for test texts that have an intent, conditional on it being one of them: [texts × intents]. */
  readonly amongIntents: Float64Array
  /**
   * Probabilities for all test texts by the measured and the final model, with "none" last: [texts × (intents + 1)].
   */
  readonly probabilities: Float64Array
  readonly finalProbabilities: Float64Array
}

const VALIDATION_SHARE = 0.15

/**
 * Trains on the older texts, stops and calibrates on the newer of them, and measures on the newest. The final model is
 * trained on all texts. Terms are fitted in a thread meanwhile. Throws `DatasetError` for labels that nothing can be
 * learned from.
 */
export async function trainOnIntents(data: IntentTexts, options: IntentTrainingOptions): Promise<IntentTraining> {
  const { seed, times } = options
  if (data.intents.length < 2)
    throw new DatasetError(
      `All texts are about ${JSON.stringify(data.intents[0] ?? '')}: with a single intent there is nothing to learn.`,
    )
  const split = splitTexts(times, seed, { split: options.split, validationShare: VALIDATION_SHARE })
  const thread = options.withTerms || options.withBaseline === true ? openTermsThread({ ...data, seed }) : undefined
  try {
    return await trainWith(data, split, options, thread)
  } finally {
    await thread?.close()
  }
}

async function trainWith(
  data: IntentTexts,
  split: TextSplit,
  options: IntentTrainingOptions,
  thread: TermsThread | undefined,
): Promise<IntentTraining> {
  const { seed, measureOnly = false } = options
  const terms = startTerms(data, split, options, thread)
  const progress = readingProgress(data.count, split, options)
  const learned = await learnIntents(data, {
    ...options,
    rows: split.learning,
    validation: split.validation,
    progress: progress.first,
  })
  const fitted = options.withTerms ? await terms.fitted : undefined
  const blend = fitBlend(learned, fitted, split.validation, data)
  const measured = blend.complete(learned.parameters, fitted?.parameters)
  const results = await testResults(data, split.test, measured, seed)
  const final = measureOnly ? learned : await learnAll(data, split, learned, { ...options, progress: progress.second })
  const parameters = measureOnly ? measured : blend.complete(final.parameters, await terms.refitted)
  return {
    parameters,
    shares: blend.shares,
    threshold: blend.threshold,
    baseline: withNone(await terms.baseline, await terms.fitted, split, data),
    ...results,
    finalProbabilities: measureOnly ? results.probabilities : await probabilitiesOf(data, split.test, parameters),
    epochs: learned.epochs,
    trainTexts: split.train.length,
    testTexts: split.test.length,
    split: options.times.every(Number.isNaN)
      ? `a fifth of the texts drawn at random (seed ${seed})`
      : 'the newest fifth of the texts',
    learnedRows: split.train,
    allTestRows: split.test,
  }
}

interface PendingTerms {
  readonly fitted: Promise<FittedTerms | undefined>
  readonly refitted: Promise<TextModelParameters | undefined>
  readonly baseline: Promise<TermsBaseline | undefined>
}

/** Submits all requests at once, so that the thread is busy while the encoder trains. */
function startTerms(
  { labels }: IntentTexts,
  { train, test, learning, validation }: TextSplit,
  { withTerms, withBaseline = false, measureOnly = false }: IntentTrainingOptions,
  thread: TermsThread | undefined,
): PendingTerms {
  const nothing = Promise.resolve(undefined)
  const pending = {
    fitted: thread === undefined ? nothing : thread.fit(learning, validation),
    refitted: thread === undefined || !withTerms || measureOnly ? nothing : thread.refit(allRows(labels)),
    baseline: thread === undefined || !withBaseline ? nothing : thread.baseline(train, test),
  }
  // Avoids unhandled rejections if the encoder fails before these are awaited.
  for (const one of Object.values(pending)) one.catch(() => {})
  return pending
}

/**
 * Trains on all texts: from scratch for the best number of epochs, or, with many texts, continuing from the first
 * training to save time.
 */
function learnAll(
  data: IntentTexts,
  { learning, validation }: TextSplit,
  { parameters, epochs, decayEpochs }: Learned,
  options: Omit<IntentTrainingOptions, 'progress'> & Pick<IntentLearning, 'progress'>,
): Promise<Learned> {
  const { settings } = options
  const finalEpochs = finalEpochsOf(learning.length, settings)
  return learnIntents(data, {
    ...options,
    rows: allRows(data.labels),
    validation,
    settings: { ...settings, epochs: finalEpochs ?? epochs, earlyStoppingEpochs: 0 },
    ...(finalEpochs === undefined ? { decayEpochs } : { decayEpochs: finalEpochs, from: parameters }),
  })
}

/** Cost of scoring a text in JavaScript, relative to one training step on it. */
const SCORED_AS_LEARNED = 2

/** Reports the elapsed share of the time, estimated by the number of texts read. */
function readingProgress(
  count: number,
  { learning, test }: TextSplit,
  { settings, measureOnly = false, progress = () => {} }: IntentTrainingOptions,
): Record<'first' | 'second', NonNullable<IntentLearning['progress']>> {
  const scoring = SCORED_AS_LEARNED * test.length
  let first = 0
  // After the first training come the final training and the scoring of the test texts.
  const finalEpochs = finalEpochsOf(learning.length, settings)
  const after = (epochs: number) => (measureOnly ? scoring : 3 * scoring + (finalEpochs ?? epochs) * count)
  return {
    first(done, of, loss) {
      first = done * learning.length
      progress(first / (of * learning.length + after(of)), loss)
    },
    second(done, of, loss) {
      progress((first + scoring + done * count) / (first + 3 * scoring + of * count), loss)
    },
  }
}

function allRows(labels: Int32Array): Int32Array {
  return Int32Array.from(labels.keys())
}

async function testResults(
  data: IntentTexts,
  test: Int32Array,
  parameters: IntentParameters,
  seed: number,
): Promise<Pick<IntentTraining, 'metrics' | 'right' | 'none' | 'testRows' | 'probabilities' | 'amongIntents'>> {
  const { intents, labels } = data
  const probabilities = await probabilitiesOf(data, test, parameters)
  const isNone = Array.from(test, (row) => labels[row] === -1)
  const known = Int32Array.from(test.keys()).filter((place) => !isNone[place])
  const knownLabels = Int32Array.from(known, (place) => labels[test[place]!]!)
  const among = givenAnIntent(probabilities, Int32Array.from(test.keys()), intents.length)
  const ofKnown = givenAnIntent(probabilities, known, intents.length)
  return {
    metrics: textMetrics(knownLabels, ofKnown, intents.length, seed),
    right: Array.from(predictedClasses(ofKnown, intents.length), (answer, at) => answer === knownLabels[at]),
    none: outOfScopeMetrics(bestProbabilities(among, intents.length), isNone, parameters.threshold),
    testRows: Int32Array.from(known, (place) => test[place]!),
    amongIntents: ofKnown,
    probabilities,
  }
}

/** Returns the probabilities of the intents and of none of them. */
function probabilitiesOf(data: IntentTexts, rows: Int32Array, parameters: IntentParameters): Promise<Float64Array> {
  return scored(intent.scorer(parameters), chosen(data, rows), data.intents.length + 1)
}

/** Adds a threshold for terms alone, fitted as the model's. */
function withNone(
  baseline: TermsBaseline | undefined,
  fitted: FittedTerms | undefined,
  { validation, test }: TextSplit,
  { labels, intents }: IntentTexts,
): IntentTraining['baseline'] {
  if (baseline === undefined || fitted === undefined) return undefined
  const isNone = (rows: Int32Array) => Array.from(rows, (row) => labels[row] === -1)
  const held = bestProbabilities(fitted.logProbabilities.map(Math.exp), intents.length)
  const { threshold } = fitOutOfScopeThreshold(held, isNone(validation))
  return { ...baseline, none: outOfScopeMetrics(baseline.best, isNone(test), threshold) }
}

/** Returns probabilities conditional on one of the intents: [rows × intents]. */
function givenAnIntent(probabilities: Float64Array, rows: Int32Array, intents: number): Float64Array {
  const among = new Float64Array(rows.length * intents)
  rows.forEach((row, at) => {
    const own = probabilities.subarray(row * (intents + 1), row * (intents + 1) + intents)
    const total = own.reduce((sum, one) => sum + one, 0)
    own.forEach((probability, k) => (among[at * intents + k] = probability / total))
  })
  return among
}

/** Returns the difference in accuracy on the same texts, with its interval. */
export function advantageOver(own: readonly boolean[], other: readonly boolean[], seed: number): Interval {
  const gains = own.map((right, row) => Number(right) - Number(other[row]))
  return bootstrapInterval(gains.length, (rows) => rows.reduce((sum, row) => sum + gains[row]!, 0) / rows.length, {
    seed,
  })
}

function chosen(data: IntentTexts, rows: Int32Array) {
  const { width } = data
  const texts = Array.from(rows, (row) => data.texts[row]!)
  return { count: rows.length, width, rows: pickedRows(data.rows, width, rows), texts }
}
