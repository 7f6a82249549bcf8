import { minimise } from '../../../models/linear/lbfgs.ts'
import { fitTextModel } from '../../../models/text/fit-text-model.ts'
import type { Penalty } from '../../../models/text/softmax-head.ts'
import { readTerms } from '../../../models/text/terms.ts'
import type { TextModelParameters } from '../../../models/text/text-model.ts'
import { bestOf } from '../texts/sweep-penalties.ts'
import type { IntentTexts } from './learn-intents.ts'
import { TERMS_ALONE, trainOnText } from '../texts/train-on-text.ts'

/** Maximum number of weights that fit in a release beside the encoder's. */
const WEIGHTS_MAX = 600_000
/** Strength of the penalty on the logarithms of the shares. */
const HELD = 1e-3

/** A model of terms alone, and its log probabilities for the held-out texts: [texts × intents]. */
export interface FittedTerms {
  readonly parameters: TextModelParameters
  readonly logProbabilities: Float64Array
  /** The best penalty on the held-out texts. */
  readonly penalty: Penalty
}

type LabelledIntents = Pick<IntentTexts, 'texts' | 'labels' | 'intents'>

/**
 * Fits terms on `rows`, predicts `others`, and then refits on both. Texts with the label −1 are predicted but not
 * learned from.
 */
export async function fitIntentTerms(
  { texts, labels, intents }: LabelledIntents,
  rows: Int32Array,
  others: Int32Array,
  seed: number,
): Promise<FittedTerms> {
  const known = rows.filter((row) => labels[row] !== -1)
  const chosen = Int32Array.from([...known, ...others])
  const places = Int32Array.from(chosen.keys())
  const { parameters, probabilities, tried } = await trainOnText(
    {
      cases: Array.from(chosen, (row) => ({ records: [{ text: texts[row]!, at: Number.NaN }] })),
      caseOf: places,
      newest: places,
      times: Float64Array.from(places),
    },
    Int32Array.from(chosen, (row) => labels[row]!),
    intents,
    {
      ...TERMS_ALONE,
      seed,
      split: { train: places.subarray(0, known.length), test: places.subarray(known.length) },
      termsMax: termsMaxOf(intents),
    },
  )
  return {
    parameters,
    logProbabilities: probabilities.map((one) => Math.log(Math.max(one, 1e-12))),
    penalty: bestOf(tried).penalty,
  }
}

/** Refits the model on other rows with the penalty and temperature found before. */
export function refitIntentTerms(
  { texts, labels, intents }: LabelledIntents,
  rows: Int32Array,
  { parameters, penalty }: FittedTerms,
): TextModelParameters {
  const known = rows.filter((row) => labels[row] !== -1)
  const given = {
    terms: readTerms(
      Array.from(known, (row) => texts[row]!),
      termsMaxOf(intents),
    ),
    vectors: undefined,
    labels: known.map((row) => labels[row]!),
    names: intents,
  }
  const options = { strategy: 'newest', classWeights: 'none', penalty, backbone: null, windowMax: 0 } as const
  return { ...fitTextModel(given, options, parameters), temperature: parameters.temperature }
}

function termsMaxOf(intents: readonly string[]): number {
  return Math.floor(WEIGHTS_MAX / intents.length)
}

/**
 * Fits the weights of encoder and terms that minimise the log loss on texts that neither has learned from, which also
 * calibrates the blend (stacking: Wolpert 1992). Both inputs are [texts × intents]; texts with the label −1 do not
 * count.
 */
export function fitShares(
  ofEncoder: ArrayLike<number>,
  ofTerms: ArrayLike<number>,
  labels: Int32Array,
  intents: number,
): { readonly encoder: number; readonly terms: number } {
  const known = Int32Array.from(labels.keys()).filter((row) => labels[row] !== -1)
  const logits = new Float64Array(intents)
  // Optimised as logarithms, so that both weights stay positive.
  const [encoder, terms] = minimise(
    (x, gradient) => {
      const [a, b] = [Math.exp(x[0]!), Math.exp(x[1]!)]
      // A small penalty keeps the weights finite if a model makes no error here.
      let loss = HELD * (x[0]! ** 2 + x[1]! ** 2)
      gradient[0] = 2 * HELD * x[0]!
      gradient[1] = 2 * HELD * x[1]!
      for (const row of known) {
        const at = row * intents
        let highest = Number.NEGATIVE_INFINITY
        for (let k = 0; k < intents; k++) {
          logits[k] = a * ofEncoder[at + k]! + b * ofTerms[at + k]!
          highest = Math.max(highest, logits[k]!)
        }
        let total = 0
        for (let k = 0; k < intents; k++) total += Math.exp(logits[k]! - highest)
        loss += (Math.log(total) + highest - logits[labels[row]!]!) / known.length
        for (let k = 0; k < intents; k++) {
          const error = (Math.exp(logits[k]! - highest) / total - (k === labels[row] ? 1 : 0)) / known.length
          gradient[0]! += a * error * ofEncoder[at + k]!
          gradient[1]! += b * error * ofTerms[at + k]!
        }
      }
      return loss
    },
    Float64Array.of(Math.log(0.5), Math.log(0.5)),
  )
  return { encoder: Math.exp(encoder!), terms: Math.exp(terms!) }
}
