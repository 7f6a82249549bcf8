import { bootstrapInterval, type Interval } from '../../../models/evaluation/bootstrap.ts'
import { DatasetError } from '../../../models/check-dataset.ts'
import { intent } from '../../../models/intent/intent.ts'
import type { IntentParameters } from '../../../models/intent/intent-parameters.ts'
import { bestProbabilities, noneMetrics, type NoneMetrics } from '../../../models/intent/none-metrics.ts'
import { noneThreshold, type NoneThreshold } from '../../../models/intent/none-threshold.ts'
import type { TextModelParameters } from '../../../models/text/text-model.ts'
import { answersOf, textMetrics, type TextMetrics } from '../../../models/text/text-metrics.ts'
import { scored } from '../../lifecycle/scored.ts'
import type { TermsAnswers } from '../texts/terms-answers.ts'
import { splitTexts, type TextSplit, type TextSplitOptions } from '../texts/text-split.ts'
import { fitBlend } from './blend-intents.ts'
import type { FittedTerms } from './intent-terms.ts'
import {
  epochsAgain,
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
  /** Whether words and letters speak beside the encoder. */
  readonly withTerms: boolean
  /** Where pieces of words begin; not given: by chance. */
  readonly vectorOf?: ((piece: string) => Float32Array | undefined) | undefined
  /** When each text was said, ms; NaN: not known. */
  readonly times: Float64Array
  /** Used if given. */
  readonly split?: TextSplitOptions['split']
  /** Only what is measured; the model of all texts is not made. */
  readonly measureOnly?: boolean
  /** Whether a model of terms alone is measured beside it. */
  readonly withBaseline?: boolean
  readonly progress?: (share: number, loss?: number) => void
}

export interface IntentTraining {
  readonly parameters: IntentParameters
  /** On the test texts that have an intent. */
  readonly metrics: TextMetrics
  /** Whether each of them was predicted right, for comparisons in pairs. */
  readonly right: readonly boolean[]
  readonly threshold: NoneThreshold
  /** How much encoder and terms count; `undefined`: the encoder alone counts. */
  readonly shares: { readonly encoder: number; readonly terms: number } | undefined
  readonly none: NoneMetrics
  /** Terms alone on the same texts, with a threshold that was found in the same way. */
  readonly baseline: (TermsAnswers & { readonly none: NoneMetrics }) | undefined
  readonly epochs: number
  readonly trainTexts: number
  readonly testTexts: number
  readonly split: string
  readonly learnedRows: Int32Array
  /** Those that have an intent, and all. */
  readonly testRows: Int32Array
  readonly allTestRows: Int32Array
  /** Of those that have an intent, given that it is one of them: [texts × intents]. */
  readonly amongIntents: Float64Array
  /** Of all test texts, none last, by the measured model, and by the one to use: [texts × (intents + 1)]. */
  readonly probabilities: Float64Array
  readonly finalProbabilities: Float64Array
}

const VALIDATION_SHARE = 0.15

/**
 * Learns on the older texts, stops and calibrates on the newer of them, measures on the newest; what is kept is learned
 * once more from all, for as many epochs. Terms learn in a thread beside the encoder. Throws `DatasetError` for labels
 * that nothing can be learned from.
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
  const terms = askForTerms(data, split, options, thread)
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
    baseline: withNone(await terms.answers, await terms.fitted, split, data),
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

interface AskedTerms {
  readonly fitted: Promise<FittedTerms | undefined>
  readonly refitted: Promise<TextModelParameters | undefined>
  readonly answers: Promise<TermsAnswers | undefined>
}

/** All at once, so that the thread has work as long as the encoder learns. */
function askForTerms(
  { labels }: IntentTexts,
  { train, test, learning, validation }: TextSplit,
  { withTerms, withBaseline = false, measureOnly = false }: IntentTrainingOptions,
  thread: TermsThread | undefined,
): AskedTerms {
  const nothing = Promise.resolve(undefined)
  const asked = {
    fitted: thread === undefined ? nothing : thread.fit(learning, validation),
    refitted: thread === undefined || !withTerms || measureOnly ? nothing : thread.refit(allRows(labels)),
    answers: thread === undefined || !withBaseline ? nothing : thread.answers(train, test),
  }
  // If the encoder fails first, nobody waits for them.
  for (const one of Object.values(asked)) one.catch(() => {})
  return asked
}

/** From the beginning, as long as it was good; of many texts, which take long, from where the first training ended. */
function learnAll(
  data: IntentTexts,
  { learning, validation }: TextSplit,
  { parameters, epochs, plan }: Learned,
  options: Omit<IntentTrainingOptions, 'progress'> & Pick<IntentLearning, 'progress'>,
): Promise<Learned> {
  const { settings } = options
  const again = epochsAgain(learning.length, settings)
  return learnIntents(data, {
    ...options,
    rows: allRows(data.labels),
    validation,
    settings: { ...settings, epochs: again ?? epochs, earlyStoppingEpochs: 0 },
    ...(again === undefined ? { plan } : { plan: again, from: parameters }),
  })
}

/** Scoring a text by plain arithmetic takes about as long as learning from this many. */
const SCORED_AS_LEARNED = 2

/** How much of the time has passed, reckoned in texts that are read. */
function readingProgress(
  count: number,
  { learning, test }: TextSplit,
  { settings, measureOnly = false, progress = () => {} }: IntentTrainingOptions,
): Record<'first' | 'second', NonNullable<IntentLearning['progress']>> {
  const scoring = SCORED_AS_LEARNED * test.length
  let first = 0
  // What comes after the first training is the one on all texts, and the test texts scored.
  const again = epochsAgain(learning.length, settings)
  const after = (epochs: number) => (measureOnly ? scoring : 3 * scoring + (again ?? epochs) * count)
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
    right: Array.from(answersOf(ofKnown, intents.length), (answer, at) => answer === knownLabels[at]),
    none: noneMetrics(bestProbabilities(among, intents.length), isNone, parameters.threshold),
    testRows: Int32Array.from(known, (place) => test[place]!),
    amongIntents: ofKnown,
    probabilities,
  }
}

/** Of the intents and of none of them. */
function probabilitiesOf(data: IntentTexts, rows: Int32Array, parameters: IntentParameters): Promise<Float64Array> {
  return scored(intent.scorer(parameters), chosen(data, rows), data.intents.length + 1)
}

/** Terms alone, with a threshold that was found as that of the model. */
function withNone(
  answers: TermsAnswers | undefined,
  fitted: FittedTerms | undefined,
  { validation, test }: TextSplit,
  { labels, intents }: IntentTexts,
): IntentTraining['baseline'] {
  if (answers === undefined || fitted === undefined) return undefined
  const isNone = (rows: Int32Array) => Array.from(rows, (row) => labels[row] === -1)
  const held = bestProbabilities(fitted.logProbabilities.map(Math.exp), intents.length)
  const { threshold } = noneThreshold(held, isNone(validation))
  return { ...answers, none: noneMetrics(answers.best, isNone(test), threshold) }
}

/** Probabilities given that it is one of the intents: [rows × intents]. */
function givenAnIntent(probabilities: Float64Array, rows: Int32Array, intents: number): Float64Array {
  const among = new Float64Array(rows.length * intents)
  rows.forEach((row, at) => {
    const own = probabilities.subarray(row * (intents + 1), row * (intents + 1) + intents)
    const total = own.reduce((sum, one) => sum + one, 0)
    own.forEach((probability, k) => (among[at * intents + k] = probability / total))
  })
  return among
}

/** How many more of the same texts are predicted right, with its interval. */
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
