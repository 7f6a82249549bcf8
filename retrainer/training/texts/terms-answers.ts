import { answersOf, type TextMetrics } from '../../../models/text/text-metrics.ts'
import type { IntentTexts } from '../intents/learn-intents.ts'
import { TERMS_ALONE, trainOnText } from './train-on-text.ts'

export interface TermsAnswers {
  readonly metrics: TextMetrics
  readonly right: readonly boolean[]
  /** Baseline: always predict the most frequent intents. */
  readonly majority: TextMetrics
}

/**
 * Predictions of a linear model on terms, and the most frequent intent: the baselines of every intent model, trained
 * on the same texts.
 */
export async function termsAnswers(
  { texts, labels, intents }: IntentTexts,
  rows: Int32Array,
  test: Int32Array,
  seed: number,
): Promise<TermsAnswers> {
  const places = Int32Array.from(texts.keys())
  const cases = texts.map((text) => ({ records: [{ text, at: Number.NaN }] }))
  const { metrics, baselines, probabilities } = await trainOnText(
    { cases, caseOf: places, newest: places, times: Float64Array.from(places) },
    labels,
    intents,
    {
      ...TERMS_ALONE,
      seed,
      split: { train: rows.filter((row) => labels[row] !== -1), test },
      measureOnly: true,
    },
  )
  return {
    metrics,
    right: Array.from(answersOf(probabilities, intents.length), (answer, at) => answer === labels[test[at]!]),
    majority: baselines.majority,
  }
}
