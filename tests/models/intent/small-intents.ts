import { fitContext, contextColumns, contextWidth, type ContextLayout } from '../../../models/intent/context-columns.ts'
import { fitPieces, pieceReader } from '../../../models/intent/intent-pieces.ts'
import {
  initialIntentWeights,
  packIntentWeights,
  type IntentParameters,
} from '../../../models/intent/intent-parameters.ts'
import { intentBlocks, type ContextOn, type IntentShape } from '../../../models/intent/intent-shape.ts'
import { random } from '../../../models/random.ts'
import type { IntentBatch } from '../../../runtimes/tensorflow/intent-learner.ts'

export const intents = ['balance', 'card', 'stop']

export interface Example {
  readonly text: string
  readonly row: readonly number[]
  readonly label: number
}

/** "that one" refers to the previous request, which is the second number of the context; the first number is noise. */
export function examples(count: number, seed = 1): Example[] {
  const next = random(seed)
  const of = (texts: readonly string[]) => texts[Math.floor(next() * texts.length)]!
  return Array.from({ length: count }, () => {
    const before = next() < 0.5 ? 0 : 1
    const row = [next() < 0.1 ? Number.NaN : next(), 1000 + before]
    const kind = next()
    if (kind < 0.4) return { text: of(['that one please', 'yes that one', 'that one']), row, label: before }
    if (kind < 0.6) return { text: of(['my balance', 'how much money']), row, label: 0 }
    if (kind < 0.8) return { text: of(['a new card', 'card is lost']), row, label: 1 }
    return { text: of(['goodbye', 'thanks, bye']), row, label: 2 }
  })
}

export const pieces = fitPieces(examples(200).map(({ text }) => text))
export const layout: ContextLayout = fitContext(rowsOf(examples(200)), [false, true])

export function rowsOf(list: readonly Example[]) {
  return { count: list.length, width: 2, rows: Float32Array.from(list.flatMap(({ row }) => row)) }
}

export function shapeOf(contextOn: ContextOn = 'both'): IntentShape {
  return {
    vocabulary: pieces.length,
    piecesMax: 12,
    width: 8,
    heads: 2,
    layers: 2,
    feedForward: 12,
    context: contextWidth(layout),
    contextUnits: 5,
    contextOn,
    intents: intents.length,
  }
}

/** All weights differ from their initial values, so that each block has an effect. */
export function weightsOf(shape: IntentShape, seed = 1): Float32Array[] {
  const next = random(seed)
  return initialIntentWeights(shape, seed).map((block, place) =>
    intentBlocks(shape)[place]!.from === 'random' ? block : block.map((value) => value + 0.6 * (next() - 0.5)),
  )
}

export function parametersOf(shape: IntentShape, weights = weightsOf(shape)): IntentParameters {
  return { shape, pieces, context: layout, intents, weights: packIntentWeights(weights), temperature: 1, threshold: 0 }
}

export function batchOf(list: readonly Example[], shape: IntentShape): IntentBatch {
  const read = pieceReader(pieces, shape.piecesMax)
  const texts = list.map(({ text }) => read(text))
  const places = Math.max(...texts.map((ids) => ids.length))
  const ids = new Int32Array(list.length * places)
  texts.forEach((one, row) => ids.set(one, row * places))
  return {
    count: list.length,
    places,
    ids,
    lengths: Int32Array.from(texts, (one) => one.length),
    context: contextColumns(layout, rowsOf(list)),
    labels: Int32Array.from(list, ({ label }) => label),
    weights: new Float32Array(list.length).fill(1),
  }
}
