import { checkWidth } from '../check-dataset.ts'
import { OUT_OF_SCOPE } from '../conversation/intents.ts'
import type { ScoringAlgorithm } from '../model.ts'
import { contextColumns, contextWidth } from './context-columns.ts'
import type { IntentParameters } from './intent-parameters.ts'
import { termLogits } from './intent-terms.ts'
import { pieceReader } from './intent-pieces.ts'
import { intentLogits } from './score-intent.ts'

/**
 * Probabilities of a turn's intents, from its words and context. The last output is the probability that it has none of
 * the known intents (spec C11).
 */
export const intent: ScoringAlgorithm<IntentParameters> = {
  name: 'intent',
  kind: 'classification',
  readsText: true,
  outputs: ({ intents }) => intents.length + 1,
  scorer(parameters) {
    const { context, intents, shape, encoderShare = 1, terms } = parameters
    const read = pieceReader(parameters.pieces, shape.piecesMax)
    const logitsOf = intentLogits(parameters)
    const readTerms = terms === undefined ? undefined : termLogits(terms, intents.length)
    const logits = new Float64Array(intents.length)
    const columnCount = contextWidth(context)
    const outputs = intents.length + 1
    return (batch, into) => {
      checkWidth(batch, context.codes.length)
      const columns = contextColumns(context, batch)
      const ofTerms = readTerms?.(batch.texts.slice(0, batch.count).map((text) => text ?? ''))
      for (let row = 0; row < batch.count; row++) {
        logitsOf(read(batch.texts[row] ?? ''), columns, row * columnCount, logits, 0)
        for (let k = 0; k < intents.length; k++)
          logits[k] = encoderShare * logits[k]! + (ofTerms?.[row * intents.length + k] ?? 0)
        writeProbabilities(logits, parameters, into, row * outputs)
      }
    }
  },
}

/** Returns the names of the outputs. */
export function intentOutputs({ intents }: Pick<IntentParameters, 'intents'>): string[] {
  return [...intents, OUT_OF_SCOPE]
}

/**
 * Writes the probabilities of the intents, then that of none, which sum to 1. None is the most probable if the best
 * intent is below the threshold, and the more so the lower it is.
 */
export function writeProbabilities(
  logits: ArrayLike<number>,
  { temperature, threshold, intents }: Pick<IntentParameters, 'temperature' | 'threshold' | 'intents'>,
  into: Float64Array,
  at: number,
): void {
  let highest = Number.NEGATIVE_INFINITY
  for (let k = 0; k < intents.length; k++) highest = Math.max(highest, logits[k]! / temperature)
  let total = 0
  for (let k = 0; k < intents.length; k++) total += into[at + k] = Math.exp(logits[k]! / temperature - highest)
  let best = 0
  for (let k = 0; k < intents.length; k++) best = Math.max(best, (into[at + k]! /= total))
  // The odds of none to the best are threshold² ÷ best², so that none is the most probable exactly if the best is below
  // the threshold.
  const none = threshold ** 2 / (threshold ** 2 + best)
  for (let k = 0; k < intents.length; k++) into[at + k]! *= 1 - none
  into[at + intents.length] = none
}
