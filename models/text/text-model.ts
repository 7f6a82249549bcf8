import type { CaseFields } from './case-fields.ts'
import { unpackFloats } from '../packed/packed-floats.ts'
import { attentionSize, pooled, type CaseVectors } from './attention-pooling.ts'
import { calibratedProbabilities, type TextCalibration } from './guarded-calibration.ts'
import { headSize, logitsOf } from './softmax-head.ts'
import { termReader, type StoredTerms } from './terms.ts'
import type { Strategy } from './windows.ts'

/** A text classifier as plain data. */
export interface TextModelParameters {
  readonly labels: readonly string[]
  readonly strategy: Strategy
  /** Id of the backbone whose vectors it reads; `null` if it reads terms only. */
  readonly backbone: string | null
  readonly dimension: number
  readonly windowMax: number
  readonly terms: StoredTerms | null
  /** Packed weights of the head, laid out as in `headSize`. */
  readonly weights: string
  /** Packed attention, laid out as in `attentionSize`; `null` if each case is a single window. */
  readonly attention: string | null
  readonly temperature: number
  /** Class shares to mix into the probabilities (`calibratedProbabilities`); absent for none. */
  readonly base?: TextCalibration['base']
  /** Field names of its training rows, if they came from a file. */
  readonly fields?: CaseFields
}

/** Thrown for a text model that can't be used here; the message says why. */
export class TextModelError extends Error {
  override readonly name = 'TextModelError'
}

/** A text model ready to score cases from their texts and vectors. Without a backbone, `vectors` is `undefined`. */
export interface TextModel {
  /** Returns uncalibrated logits, laid out as by `logitsOf`. */
  logits(texts: readonly string[], vectors: CaseVectors | undefined): Float64Array
  /** Returns the probabilities of all labels, case by case: [cases × labels]. */
  probabilities(texts: readonly string[], vectors: CaseVectors | undefined): Float64Array
  /** Returns the weight of each window within its case. */
  attention(vectors: CaseVectors): Float64Array
}

/** Writes probabilities [cases × classes] as outputs: for two classes that of the second, otherwise all. */
export function writeOutputs(probabilities: ArrayLike<number>, classes: number, into: Float64Array): void {
  if (classes === 2) for (let row = 0; 2 * row < probabilities.length; row++) into[row] = probabilities[2 * row + 1]!
  else into.set(probabilities)
}

export function openTextModel(parameters: TextModelParameters): TextModel {
  const { labels, dimension, terms } = parameters
  const classes = labels.length
  const read = terms === null ? undefined : termReader(terms)
  const size = headSize({ dimension, terms: read?.([]) }, classes)
  if (typeof parameters.weights !== 'string')
    throw new TextModelError(
      'The model has no weights that this version can read: it was made by another one. Train it again.',
    )
  const head = Float64Array.from(unpackFloats(parameters.weights, size))
  const attention =
    parameters.attention === null
      ? new Float64Array(attentionSize(dimension))
      : Float64Array.from(unpackFloats(parameters.attention, attentionSize(dimension)))

  function logits(texts: readonly string[], vectors: CaseVectors | undefined): Float64Array {
    const weights = new Float64Array(vectors === undefined ? 0 : vectors.starts.at(-1)!)
    const inputs = {
      count: texts.length,
      dimension,
      vectors: vectors === undefined ? new Float32Array(0) : pooled(attention, vectors, weights),
      terms: read?.(texts),
    }
    return logitsOf(head, inputs, classes)
  }

  return {
    logits,
    probabilities: (texts, vectors) => calibratedProbabilities(logits(texts, vectors), classes, parameters),
    attention(vectors) {
      const weights = new Float64Array(vectors.starts.at(-1)!)
      pooled(attention, vectors, weights)
      return weights
    },
  }
}
