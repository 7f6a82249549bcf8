import { checkWidth } from '../check-dataset.ts'
import { NONE_OF_THESE } from '../conversation/intents.ts'
import type { ScoringAlgorithm } from '../model.ts'
import { contextColumns, contextWidth } from './context-columns.ts'
import type { IntentParameters } from './intent-parameters.ts'
import { termLogits } from './intent-terms.ts'
import { pieceReader } from './intent-pieces.ts'
import { intentLogits } from './score-intent.ts'

/**
 * What a turn is about, by its words and its context; the last output is that it is about none of the intents that are
 * known (spec C11).
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

/** The names of the outputs. */
export function intentOutputs({ intents }: Pick<IntentParameters, 'intents'>): string[] {
  return [...intents, NONE_OF_THESE]
}

/**
 * Probabilities of the intents, and behind them that of none: a text whose best intent is below the threshold is none
 * of them, and the surer so the lower it is. All of them together are 1.
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
  // Against each other they stand as threshold² ÷ best against 1: none of them is the answer exactly where the best is
  // below the threshold.
  const none = threshold ** 2 / (threshold ** 2 + best)
  for (let k = 0; k < intents.length; k++) into[at + k]! *= 1 - none
  into[at + intents.length] = none
}
