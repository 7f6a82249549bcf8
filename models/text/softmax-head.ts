import { addLogits, type ProductComputation } from './dense-products.ts'
import type { SparseRows } from './terms.ts'

/** Inputs of a head: a dense vector per row, and sparse terms. */
export interface HeadInputs {
  readonly count: number
  /** Length of a dense vector; 0 with terms only. */
  readonly dimension: number
  /** Dense vectors [count × dimension]. */
  readonly vectors: Float32Array
  readonly terms: SparseRows | undefined
}

/** L2 penalties on the weights; they are divided by the number of rows. */
export interface Penalty {
  readonly vectors: number
  readonly terms: number
}

/** Returns the number of logits: one for two classes (of class 1), otherwise one per class. */
export function logitCount(classes: number): number {
  return classes === 2 ? 1 : classes
}

/**
 * Returns the number of weights of a head, laid out as follows: for each logit, those of the vector; then for each
 * term, one per logit, since they are used together; then a bias per logit.
 */
export function headSize({ dimension, terms }: Pick<HeadInputs, 'dimension' | 'terms'>, classes: number): number {
  return logitCount(classes) * (dimension + (terms?.width ?? 0) + 1)
}

/** Returns the logits, row by row. */
export function logitsOf(weights: Float64Array, inputs: HeadInputs, classes: number): Float64Array {
  const logits = new Float64Array(inputs.count * logitCount(classes))
  if (inputs.dimension > 0) addLogits(weights, inputs.vectors, inputs.dimension, logits)
  addTermsAndBias(weights, inputs, logits)
  return logits
}

function addTermsAndBias(weights: Float64Array, { count, dimension, terms }: HeadInputs, logits: Float64Array): void {
  const outputs = logits.length / count
  const bias = (dimension + (terms?.width ?? 0)) * outputs
  for (let row = 0; row < count; row++) {
    const into = row * outputs
    for (let k = 0; k < outputs; k++) logits[into + k]! += weights[bias + k]!
    if (terms === undefined) continue
    for (let at = terms.starts[row]!; at < terms.starts[row + 1]!; at++) {
      const value = terms.values[at]!
      const from = (dimension + terms.columns[at]!) * outputs
      for (let k = 0; k < outputs; k++) logits[into + k]! += weights[from + k]! * value
    }
  }
}

/** Returns the probabilities of all classes: [count × classes]. `temperature` divides the logits (Guo et al. 2017). */
export function probabilitiesOf(logits: Float64Array, classes: number, temperature = 1): Float64Array {
  const outputs = logitCount(classes)
  const count = logits.length / outputs
  const probabilities = new Float64Array(count * classes)
  for (let row = 0; row < count; row++) {
    if (classes === 2) {
      const one = 1 / (1 + Math.exp(-logits[row]! / temperature))
      probabilities.set([1 - one, one], row * 2)
      continue
    }
    let largest = Number.NEGATIVE_INFINITY
    for (let k = 0; k < classes; k++) largest = Math.max(largest, logits[row * classes + k]!)
    let sum = 0
    for (let k = 0; k < classes; k++) {
      const value = Math.exp((logits[row * classes + k]! - largest) / temperature)
      probabilities[row * classes + k] = value
      sum += value
    }
    for (let k = 0; k < classes; k++) probabilities[row * classes + k]! /= sum
  }
  return probabilities
}

/**
 * Computes the mean cross-entropy with its penalty. Writes the gradient of the weights, and of the vectors if
 * `ofVectors` is given. `weighing` holds the row weight of each class.
 */
export function* headLoss(
  weights: Float64Array,
  inputs: HeadInputs,
  labels: Int32Array,
  {
    classes,
    weightByClass,
    penalty,
  }: { readonly classes: number; readonly weightByClass: Float64Array; readonly penalty: Penalty },
  gradient: Float64Array,
  ofVectors?: Float64Array,
): ProductComputation<number> {
  const { count, dimension, vectors, terms } = inputs
  const outputs = logitCount(classes)
  const inputCount = dimension + (terms?.width ?? 0)
  const logits =
    dimension === 0
      ? new Float64Array(count * outputs)
      : yield { what: 'logits', by: weights.subarray(0, dimension * outputs), vectors, dimension }
  addTermsAndBias(weights, inputs, logits)
  const probabilities = probabilitiesOf(logits, classes)
  const errors = new Float64Array(count * outputs)
  gradient.fill(0, 0, (inputCount + 1) * outputs)
  ofVectors?.fill(0)
  let loss = 0
  for (let row = 0; row < count; row++) {
    const label = labels[row]!
    const weight = weightByClass[label]! / count
    loss -= weight * Math.log(Math.max(probabilities[row * classes + label]!, 1e-300))
    for (let k = 0; k < outputs; k++) {
      const one = classes === 2 ? 1 : k
      const error = weight * (probabilities[row * classes + one]! - (label === one ? 1 : 0))
      errors[row * outputs + k] = error
      gradient[inputCount * outputs + k]! += error
      if (ofVectors !== undefined)
        for (let i = 0; i < dimension; i++) ofVectors[row * dimension + i]! += error * weights[k * dimension + i]!
    }
    if (terms === undefined) continue
    for (let at = terms.starts[row]!; at < terms.starts[row + 1]!; at++) {
      const value = terms.values[at]!
      const into = (dimension + terms.columns[at]!) * outputs
      for (let k = 0; k < outputs; k++) gradient[into + k]! += errors[row * outputs + k]! * value
    }
  }
  if (dimension > 0) gradient.set(yield { what: 'gradient', by: errors, vectors, dimension })
  for (let i = 0; i < inputCount * outputs; i++) {
    const strength = (i < dimension * outputs ? penalty.vectors : penalty.terms) / count
    loss += (strength / 2) * weights[i]! * weights[i]!
    gradient[i]! += strength * weights[i]!
  }
  return loss
}
