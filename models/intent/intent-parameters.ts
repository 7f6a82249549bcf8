import { packFloats, unpackFloats } from '../packed/packed-floats.ts'
import { random } from '../random.ts'
import type { ContextLayout } from './context-columns.ts'
import type { IntentTerms } from './intent-terms.ts'
import { intentBlocks, type IntentShape } from './intent-shape.ts'

/** A trained intent transformer as plain data. */
export interface IntentParameters {
  readonly shape: IntentShape
  /** Word pieces by id. */
  readonly pieces: readonly string[]
  readonly context: ContextLayout
  readonly intents: readonly string[]
  /** Packed weights of each block of `intentBlocks`. */
  readonly weights: readonly string[]
  /** Weight of the encoder's logits beside those of the terms; 1 by default. */
  readonly encoderShare?: number | undefined
  /** Bag-of-terms part; if absent, the encoder alone decides. */
  readonly terms?: IntentTerms | undefined
  /** Divisor of the logits. */
  readonly temperature: number
  /** A text whose most probable intent is below this has none of the intents; 0 turns that off. */
  readonly threshold: number
  /** Field names of the file that it was trained on. */
  readonly fields?: { readonly text: string; readonly context?: string | undefined } | undefined
}

/** Weights by block name. */
export type IntentWeights = ReadonlyMap<string, Float32Array>

export function unpackIntentWeights({ shape, weights }: Pick<IntentParameters, 'shape' | 'weights'>): IntentWeights {
  const blocks = intentBlocks(shape)
  if (weights.length !== blocks.length)
    throw new Error(`There are ${weights.length} blocks of weights instead of ${blocks.length}.`)
  return new Map(blocks.map(({ name, rows, columns }, index) => [name, unpackFloats(weights[index]!, rows * columns)]))
}

export function packIntentWeights(weights: readonly Float32Array[]): string[] {
  return weights.map(packFloats)
}

/**
 * Returns initial weights (Glorot and Bengio 2010). `pieces` are pretrained embeddings of the pieces, if there are any.
 */
export function initialIntentWeights(shape: IntentShape, seed: number, pieces?: Float32Array): Float32Array[] {
  const next = random(seed)
  return intentBlocks(shape).map(({ name, rows, columns, from }) => {
    if (name === 'pieces' && pieces !== undefined) return pieces.slice()
    const isTable = name === 'pieces' || name === 'places'
    const reach = isTable ? 0.1 : Math.sqrt(6 / (rows + columns))
    return Float32Array.from({ length: rows * columns }, () =>
      from === 'zeros' ? 0 : from === 'ones' ? 1 : reach * (2 * next() - 1),
    )
  })
}
