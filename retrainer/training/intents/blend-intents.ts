import type { IntentParameters } from '../../../models/intent/intent-parameters.ts'
import { intentTermsOf } from '../../../models/intent/intent-terms.ts'
import { fitOutOfScopeThreshold, type OutOfScopeThreshold } from '../../../models/intent/out-of-scope-threshold.ts'
import { fitTemperature } from '../../../models/text/fit-text-model.ts'
import type { TextModelParameters } from '../../../models/text/text-model.ts'
import { fitShares, type FittedTerms } from './intent-terms.ts'
import type { IntentTexts, Learned } from './learn-intents.ts'

export interface Blend {
  /** Weights of encoder and terms; `undefined` for the encoder alone. */
  readonly shares: { readonly encoder: number; readonly terms: number } | undefined
  readonly threshold: OutOfScopeThreshold
  /** Completes a model of encoder and terms with weights, temperature and threshold. */
  complete(parameters: IntentParameters, terms: TextModelParameters | undefined): IntentParameters
}

/** Fits the weights of encoder and terms, the temperature and the threshold on the validation texts. */
export function fitBlend(
  learned: Learned,
  fitted: FittedTerms | undefined,
  validation: Int32Array,
  data: IntentTexts,
): Blend {
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
        : { encoderShare: shares.encoder, terms: intentTermsOf(terms, shares.terms) }),
    }),
  }
}

function calibrated(logits: Float32Array, rows: Int32Array, { labels, intents }: IntentTexts) {
  const width = intents.length
  const known = Int32Array.from(rows.keys()).filter((place) => labels[rows[place]!] !== -1)
  const ofKnown = Float64Array.from(
    known.length * width === 0
      ? []
      : [...known].flatMap((place) => [...logits.subarray(place * width, (place + 1) * width)]),
  )
  // For two classes, the temperature is fitted on the log-odds of the second.
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
    threshold: fitOutOfScopeThreshold(
      best,
      Array.from(rows, (row) => labels[row] === -1),
    ),
  }
}
