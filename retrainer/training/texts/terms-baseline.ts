import { bestProbabilities } from '../../../models/intent/out-of-scope-metrics.ts'
import { predictedClasses, type TextMetrics } from '../../../models/text/text-metrics.ts'
import type { IntentTexts } from '../intents/learn-intents.ts'
import type { Penalty } from '../../../models/text/softmax-head.ts'
import { TERMS_MAX } from '../../../models/text/terms.ts'
import { penaltiesAround } from './sweep-penalties.ts'
import { createTextReport, majorityBaseline } from './text-report.ts'
import { TERMS_ALONE, trainOnText } from './train-on-text.ts'

/** Limit of the number of weights; beyond it, one step takes seconds. */
const WEIGHTS_MAX = 3_000_000

export interface TermsBaseline {
  readonly metrics: TextMetrics
  /** Whether each test text that has an intent is predicted correctly. */
  readonly right: readonly boolean[]
  /** Probability of the most probable intent for all test texts. */
  readonly best: Float64Array
  /** Metrics of always predicting the class shares. */
  readonly majority: TextMetrics
}

/**
 * Trains the baselines of intent models on the same texts: a linear model of terms, and the class shares. Texts with
 * none of the intents (label −1) are predicted but count in no metric. `penalty`: the best penalty on similar texts;
 * only it and its neighbours are tried.
 */
export async function evaluateTermsBaseline(
  { texts, labels, intents }: Pick<IntentTexts, 'texts' | 'labels' | 'intents'>,
  rows: Int32Array,
  test: Int32Array,
  seed: number,
  penalty?: Penalty,
): Promise<TermsBaseline> {
  const places = Int32Array.from(texts.keys())
  const cases = texts.map((text) => ({ records: [{ text, at: Number.NaN }] }))
  const train = rows.filter((row) => labels[row] !== -1)
  const { probabilities } = await trainOnText(
    { cases, caseOf: places, newest: places, times: Float64Array.from(places) },
    labels,
    intents,
    {
      ...TERMS_ALONE,
      seed,
      split: { train, test },
      measureOnly: true,
      termsMax: Math.min(TERMS_MAX, Math.floor(WEIGHTS_MAX / intents.length)),
      ...(penalty === undefined ? {} : { penalties: penaltiesAround(penalty) }),
    },
  )
  const classes = intents.length
  const known = Int32Array.from(test.keys()).filter((place) => labels[test[place]!] !== -1)
  const ofKnown = new Float64Array(known.length * classes)
  known.forEach((place, at) =>
    ofKnown.set(probabilities.subarray(place * classes, (place + 1) * classes), at * classes),
  )
  const knownLabels = Int32Array.from(known, (place) => labels[test[place]!]!)
  const report = createTextReport(knownLabels, classes, seed)
  const trainLabels = train.map((row) => labels[row]!)
  return {
    metrics: report.metrics(ofKnown),
    right: Array.from(predictedClasses(ofKnown, classes), (answer, at) => answer === knownLabels[at]),
    best: bestProbabilities(probabilities, classes),
    majority: report.metrics(majorityBaseline(trainLabels, known.length, classes)),
  }
}
