import { bootstrapInterval, type Interval } from '../../../models/evaluation/bootstrap.ts'
import { DatasetError } from '../../../models/check-dataset.ts'
import { intent } from '../../../models/intent/intent.ts'
import type { IntentParameters } from '../../../models/intent/intent-parameters.ts'
import { intentTermsOf } from '../../../models/intent/intent-terms.ts'
import { noneThreshold, type NoneThreshold } from '../../../models/intent/none-threshold.ts'
import { fitTemperature } from '../../../models/text/fit-text-model.ts'
import { answersOf, textMetrics, type TextMetrics } from '../../../models/text/text-metrics.ts'
import { fitIntentTerms, fitShares, type FittedTerms } from './intent-terms.ts'
import { learnIntents, type IntentSettings, type IntentTexts, type Learned } from './learn-intents.ts'
import { scored } from '../../lifecycle/scored.ts'
import { splitTexts } from '../texts/text-split.ts'

export interface IntentTrainingOptions {
  readonly settings: IntentSettings
  readonly seed: number
  /** Whether words and letters speak beside the encoder. */
  readonly withTerms: boolean
  /** Where pieces of words begin; not given: by chance. */
  readonly vectorOf?: ((piece: string) => Float32Array | undefined) | undefined
  /** When each text was said, ms; NaN: not known. */
  readonly times: Float64Array
  /** Only what is measured; the model of all texts is not made. */
  readonly measureOnly?: boolean
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
  /** Share of test texts rejected as "none": of those with an intent, and of those without. */
  readonly none: { readonly knownLost: number; readonly noneCaught: number | null; readonly noneTexts: number }
  readonly epochs: number
  readonly trainTexts: number
  readonly testTexts: number
  readonly split: string
  readonly testRows: Int32Array
  readonly learnedRows: Int32Array
}

const VALIDATION_SHARE = 0.15

/**
 * Learns on the older texts, stops and calibrates on the newer of them, measures on the newest; what is kept is learned
 * once more from all, for as many epochs. Throws `DatasetError` for labels that nothing can be learned from.
 */
export async function trainOnIntents(data: IntentTexts, options: IntentTrainingOptions): Promise<IntentTraining> {
  const { settings, seed, times, vectorOf, progress = () => {} } = options
  const { intents } = data
  if (intents.length < 2)
    throw new DatasetError(
      `All texts are about ${JSON.stringify(intents[0] ?? '')}: with a single intent there is nothing to learn.`,
    )
  const { train, test, learning, validation } = splitTexts(times, seed, { validationShare: VALIDATION_SHARE })
  const learned = await learnIntents(data, {
    rows: learning,
    validation,
    settings,
    seed,
    vectorOf,
    progress: (share, loss) => progress(0.5 * share, loss),
  })
  const terms = options.withTerms ? await fitIntentTerms(data, learning, validation, seed) : undefined
  const blend = fitBlend(learned, terms, validation, data)
  const results = await testResults(data, test, blend.complete(learned.parameters, terms), seed)
  const all = Int32Array.from(data.labels.keys())
  const final =
    options.measureOnly === true
      ? learned
      : await learnIntents(data, {
          rows: all,
          validation,
          settings: { ...settings, epochs: learned.epochs, earlyStoppingEpochs: 0 },
          seed,
          vectorOf,
          progress: (share) => progress(0.5 + 0.5 * share),
        })
  const allTerms =
    options.measureOnly === true || terms === undefined ? terms : await fitIntentTerms(data, train, test, seed)
  return {
    parameters: blend.complete(final.parameters, allTerms),
    shares: blend.shares,
    threshold: blend.threshold,
    ...results,
    epochs: learned.epochs,
    trainTexts: train.length,
    testTexts: test.length,
    split: times.every(Number.isNaN)
      ? `a fifth of the texts drawn at random (seed ${seed})`
      : 'the newest fifth of the texts',
    learnedRows: train,
  }
}

interface Blend {
  readonly shares: IntentTraining['shares']
  readonly threshold: NoneThreshold
  /** A model of encoder and terms with shares, temperature and threshold. */
  complete(parameters: IntentParameters, terms: FittedTerms | undefined): IntentParameters
}

/** Fits on the validation texts how much encoder and terms count, the temperature and the threshold. */
function fitBlend(learned: Learned, fitted: FittedTerms | undefined, validation: Int32Array, data: IntentTexts): Blend {
  const { validationLogits } = learned
  const labels = validation.map((row) => data.labels[row]!)
  const shares =
    fitted === undefined ? undefined : fitShares(validationLogits, fitted.logProbabilities, labels, data.intents.length)
  const logits = validationLogits.map((logit, place) =>
    shares === undefined ? logit : shares.encoder * logit + shares.terms * fitted!.logProbabilities[place]!,
  )
  const { temperature, threshold } = calibrated(logits, validation, data)
  return {
    shares,
    threshold,
    complete: (parameters, terms) => ({
      ...parameters,
      temperature,
      threshold: threshold.threshold,
      ...(shares === undefined || terms === undefined
        ? {}
        : { encoderShare: shares.encoder, terms: intentTermsOf(terms.parameters, shares.terms) }),
    }),
  }
}

async function testResults(
  data: IntentTexts,
  test: Int32Array,
  parameters: IntentParameters,
  seed: number,
): Promise<Pick<IntentTraining, 'metrics' | 'right' | 'none' | 'testRows'>> {
  const { intents, labels } = data
  const width = intents.length + 1
  const probabilities = await scored(intent.scorer(parameters), chosen(data, test), width)
  const known = Int32Array.from(test.keys()).filter((place) => labels[test[place]!] !== -1)
  const knownLabels = Int32Array.from(known, (place) => labels[test[place]!]!)
  const among = amongIntents(probabilities, known, intents.length)
  const answers = answersOf(probabilities, width)
  const shareOfNone = (places: readonly number[]) =>
    places.length === 0 ? null : places.filter((place) => answers[place] === intents.length).length / places.length
  return {
    metrics: textMetrics(knownLabels, among, intents.length, seed),
    right: Array.from(answersOf(among, intents.length), (answer, at) => answer === knownLabels[at]),
    none: {
      knownLost: shareOfNone([...known]) ?? 0,
      noneCaught: shareOfNone([...test.keys()].filter((place) => labels[test[place]!] === -1)),
      noneTexts: test.length - known.length,
    },
    testRows: Int32Array.from(known, (place) => test[place]!),
  }
}

/** Probabilities given that it is one of the intents: [rows × intents]. */
function amongIntents(probabilities: Float64Array, rows: Int32Array, intents: number): Float64Array {
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

function calibrated(logits: Float32Array, rows: Int32Array, { labels, intents }: IntentTexts) {
  const width = intents.length
  const known = Int32Array.from(rows.keys()).filter((place) => labels[rows[place]!] !== -1)
  const ofKnown = Float64Array.from(
    known.length * width === 0
      ? []
      : [...known].flatMap((place) => [...logits.subarray(place * width, (place + 1) * width)]),
  )
  // For two classes the temperature is fitted on one number, the log-odds of the second.
  const forFit = width === 2 ? Float64Array.from(known, (_, at) => ofKnown[2 * at + 1]! - ofKnown[2 * at]!) : ofKnown
  const temperature = fitTemperature(
    forFit,
    Int32Array.from(known, (place) => labels[rows[place]!]!),
    width,
  )
  const best = Float64Array.from(rows, (_, place) => {
    const own = logits.subarray(place * width, (place + 1) * width)
    const highest = own.reduce((most, one) => Math.max(most, one), Number.NEGATIVE_INFINITY)
    return 1 / own.reduce((sum, one) => sum + Math.exp((one - highest) / temperature), 0)
  })
  return {
    temperature,
    threshold: noneThreshold(
      best,
      Array.from(rows, (row) => labels[row] === -1),
    ),
  }
}

function chosen(data: IntentTexts, rows: Int32Array) {
  const { width } = data
  const picked = new Float32Array(rows.length * width)
  rows.forEach((row, at) => picked.set(data.rows.subarray(row * width, (row + 1) * width), at * width))
  return { count: rows.length, width, rows: picked, texts: Array.from(rows, (row) => data.texts[row]!) }
}
