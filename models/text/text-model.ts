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
  /** The id of the backbone whose vectors it reads; `null`: it reads terms alone. */
  readonly backbone: string | null
  readonly dimension: number
  readonly windowMax: number
  readonly terms: StoredTerms | null
  /** Packed, as `headSize` counts them. */
  readonly weights: string
  /** Packed, as `attentionSize` counts them; `null`: each case is one window. */
  readonly attention: string | null
  readonly temperature: number
  /** What is mixed into the probabilities, as `calibratedProbabilities` does it; not given: nothing. */
  readonly base?: TextCalibration['base']
  /** Of the rows that it was trained on, where they were a file's. */
  readonly fields?: CaseFields
}

/** A text model that can't be used here, with the reason. */
export class TextModelError extends Error {
  override readonly name = 'TextModelError'
}

/** A text model ready to score cases whose vectors are there; without a backbone there are none. */
export interface TextModel {
  /** Before calibration, as `logitsOf` gives them. */
  logits(texts: readonly string[], vectors: CaseVectors | undefined): Float64Array
  /** Of all labels, case by case: [cases × labels]. */
  probabilities(texts: readonly string[], vectors: CaseVectors | undefined): Float64Array
  /** How much each window of a case counts; all of it where there is one. */
  attention(vectors: CaseVectors): Float64Array
}

/** Writes probabilities [cases × classes] as a row of outputs each: of two classes that of the second, of more all. */
export function writeAnswers(given: ArrayLike<number>, classes: number, into: Float64Array): void {
  if (classes === 2) for (let row = 0; 2 * row < given.length; row++) into[row] = given[2 * row + 1]!
  else into.set(given)
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
