import { packFloats, unpackFloats } from '../packed/packed-floats.ts'
import { random } from '../random.ts'
import type { ContextLayout } from './context-columns.ts'
import type { IntentTerms } from './intent-terms.ts'
import { intentBlocks, type IntentShape } from './intent-shape.ts'

/** A trained intent transformer as plain data. */
export interface IntentParameters {
  readonly shape: IntentShape
  /** Pieces of words by their number. */
  readonly pieces: readonly string[]
  readonly context: ContextLayout
  readonly intents: readonly string[]
  /** One a block of `intentBlocks`, packed. */
  readonly weights: readonly string[]
  /** What its logits count beside those of the terms; not given: 1. */
  readonly encoderShare?: number | undefined
  /** Not given: the encoder alone decides. */
  readonly terms?: IntentTerms | undefined
  /** The logits are divided by it. */
  readonly temperature: number
  /** A text whose most probable intent is less probable is none of them; 0: every text is one of them. */
  readonly threshold: number
  /** Names of the fields of a file that it was trained on. */
  readonly fields?: { readonly text: string; readonly context?: string | undefined } | undefined
}

/** Weights by the names of their blocks. */
export type IntentWeights = ReadonlyMap<string, Float32Array>

export function unpackIntentWeights({ shape, weights }: Pick<IntentParameters, 'shape' | 'weights'>): IntentWeights {
  const blocks = intentBlocks(shape)
  if (weights.length !== blocks.length)
    throw new Error(`There are ${weights.length} blocks of weights instead of ${blocks.length}.`)
  return new Map(blocks.map(({ name, rows, columns }, place) => [name, unpackFloats(weights[place]!, rows * columns)]))
}

export function packIntentWeights(weights: readonly Float32Array[]): string[] {
  return weights.map(packFloats)
}

/** Weights to begin with (Glorot and Bengio 2010); pieces may begin where they are known from elsewhere. */
export function firstIntentWeights(shape: IntentShape, seed: number, pieces?: Float32Array): Float32Array[] {
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
