import { packFloats, unpackFloats } from '../packed/packed-floats.ts'
import type { TextModelParameters } from '../text/text-model.ts'
import { termReader, type StoredTerms } from '../text/terms.ts'

/**
 * Linear weights of words and letters for intents, added to the logits of the encoder (wide and deep: Cheng et al.
 * 2016).
 */
export interface IntentTerms {
  readonly stored: StoredTerms
  /** Packed: the weights [terms × intents], then a bias per intent. */
  readonly weights: string
}

/** Converts a model of terms only, with its logits multiplied by `share`. */
export function intentTermsOf(
  { terms, weights, labels, temperature }: TextModelParameters,
  share: number,
): IntentTerms {
  const { length: intents } = labels
  const stored = terms!
  const rows = stored.terms.length + 1
  // A model of two classes stores the log odds of the second only.
  const outputs = intents === 2 ? 1 : intents
  const own = unpackFloats(weights, rows * outputs)
  const scaled = Float32Array.from({ length: rows * intents }, (_, index) => {
    const [row, intent] = [Math.floor(index / intents), index % intents]
    const weight = outputs === 1 ? (intent === 1 ? own[row]! : 0) : own[row * outputs + intent]!
    return (share / temperature) * weight
  })
  return { stored, weights: packFloats(scaled) }
}

/** Returns a function that computes the terms' logits, text by text: [texts × intents]. */
export function termLogits(
  { stored, weights }: IntentTerms,
  intents: number,
): (texts: readonly string[]) => Float64Array {
  const read = termReader(stored)
  const own = unpackIntentTerms({ stored, weights }, intents)
  const bias = stored.terms.length * intents
  return (texts) => {
    const { starts, columns, values } = read(texts)
    const logits = new Float64Array(texts.length * intents)
    for (let text = 0; text < texts.length; text++) {
      const at = text * intents
      for (let intent = 0; intent < intents; intent++) logits[at + intent] = own[bias + intent]!
      for (let one = starts[text]!; one < starts[text + 1]!; one++) {
        const from = columns[one]! * intents
        for (let intent = 0; intent < intents; intent++) logits[at + intent]! += values[one]! * own[from + intent]!
      }
    }
    return logits
  }
}

export function unpackIntentTerms({ stored, weights }: IntentTerms, intents: number): Float32Array {
  return unpackFloats(weights, (stored.terms.length + 1) * intents)
}
