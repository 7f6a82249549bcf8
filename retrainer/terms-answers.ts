import { fitTemperature, fitTextModel } from '../models/text/fit-text-model.ts'
import { probabilitiesOf } from '../models/text/softmax-head.ts'
import { answersOf, textMetrics, type TextMetrics } from '../models/text/text-metrics.ts'
import { openTextModel } from '../models/text/text-model.ts'
import type { IntentTexts } from './learn-intents.ts'

const PENALTIES = [3, 1, 0.2]
const VALIDATION_SHARE = 0.15

export interface TermsAnswers {
  readonly metrics: TextMetrics
  readonly right: readonly boolean[]
  /** Of the most frequent intents, always. */
  readonly majority: TextMetrics
}

/** What terms with a linear model tell, and the most frequent intent: the baselines of every model of intents, learned from the same texts. */
export function termsAnswers(
  { texts, labels, intents }: IntentTexts,
  rows: Int32Array,
  test: Int32Array,
  seed: number,
): TermsAnswers {
  const known = rows.filter((row) => labels[row] !== -1)
  const cut = Math.round((1 - VALIDATION_SHARE) * known.length)
  const [learning, validation] = [known.subarray(0, cut), known.subarray(cut)]
  const of = (chosen: Int32Array) => ({
    texts: Array.from(chosen, (row) => texts[row]!),
    vectors: undefined,
    labels: Int32Array.from(chosen, (row) => labels[row]!),
    names: intents,
  })
  const options = (terms: number) => ({
    strategy: 'newest' as const,
    withTerms: true,
    classWeights: 'none' as const,
    penalty: { vectors: 0, terms },
    backbone: null,
    windowMax: 0,
  })
  const tried = PENALTIES.map((terms) => {
    const logits = openTextModel(fitTextModel(of(learning), options(terms))).logits(of(validation).texts, undefined)
    const temperature = fitTemperature(logits, of(validation).labels, intents.length)
    const { logLoss } = textMetrics(
      of(validation).labels,
      probabilitiesOf(logits, intents.length, temperature),
      intents.length,
      seed,
    )
    return { terms, temperature, loss: logLoss.estimate }
  })
  const best = tried.reduce((one, other) => (other.loss < one.loss ? other : one))
  const model = openTextModel(fitTextModel(of(known), options(best.terms)))
  const said = probabilitiesOf(model.logits(of(test).texts, undefined), intents.length, best.temperature)
  const wanted = of(test).labels
  const shares = new Float64Array(intents.length)
  for (const row of known) shares[labels[row]!]! += 1 / known.length
  const always = Float64Array.from({ length: test.length * intents.length }, (_, i) => shares[i % intents.length]!)
  return {
    metrics: textMetrics(wanted, said, intents.length, seed),
    right: Array.from(answersOf(said, intents.length), (answer, at) => answer === wanted[at]),
    majority: textMetrics(wanted, always, intents.length, seed),
  }
}
