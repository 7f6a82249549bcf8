import { descend, type EvaluationPoint } from '../linear/lbfgs.ts'
import { packFloats, unpackFloats } from '../packed/packed-floats.ts'
import { attentionGradient, attentionSize, pooled, type CaseVectors } from './attention-pooling.ts'
import { runComputation, type ProductComputation } from './dense-products.ts'
import { goldenSectionMinimum } from './guarded-calibration.ts'
import { headLoss, headSize, logitCount, probabilitiesOf, type HeadInputs, type Penalty } from './softmax-head.ts'
import type { ReadTerms, StoredTerms } from './terms.ts'
import type { TextModelParameters } from './text-model.ts'
import type { Strategy } from './windows.ts'

/** Cases with their classes, in the same order. */
export interface LabelledTexts {
  /**
   * Terms of each case's full text, read beside the vectors (wide and deep: Cheng et al. 2016); `undefined` without
   * terms.
   */
  readonly terms: ReadTerms | undefined
  /** `undefined` without a backbone. */
  readonly vectors: CaseVectors | undefined
  /** Indices into `names`. */
  readonly labels: Int32Array
  readonly names: readonly string[]
}

export interface TextFitOptions {
  readonly strategy: Strategy
  readonly classWeights: 'none' | 'balanced'
  readonly penalty: Penalty
  /** Id of the backbone; `null` without one. */
  readonly backbone: string | null
  readonly windowMax: number
}

/** Maximum number of steps; further ones change the validation loss only in its third digit. */
const FIT = { tolerance: 1e-5, stepsMax: 50 }
/**
 * Stops earlier with terms only: further steps gain nothing on unseen texts, and with many classes each takes a second.
 */
const FIT_TERMS = { ...FIT, decreaseMin: 2e-3 }

/**
 * Trains head and attention together by L-BFGS, without randomness. Starts at zero, or at `before`: a model that was
 * fitted to fewer texts or with another penalty.
 */
export function fitTextModel(
  data: LabelledTexts,
  options: TextFitOptions,
  before?: TextModelParameters,
): TextModelParameters {
  return runComputation(fittingTextModel(data, options, before))
}

/** Same as `fitTextModel`, for callers with faster matrix products. */
export function* fittingTextModel(
  data: LabelledTexts,
  options: TextFitOptions,
  before?: TextModelParameters,
): ProductComputation<TextModelParameters> {
  const { terms, vectors, labels, names } = data
  const classes = names.length
  const dimension = vectors?.dimension ?? 0
  const count = labels.length
  const shape = { dimension, terms: terms?.rows }
  const size = headSize(shape, classes)
  const weightByClass = computeClassWeights(labels, classes, options.classWeights)
  const attends = vectors !== undefined && vectors.starts.length - 1 < vectors.vectors.length / dimension
  const weights = new Float64Array(attends ? vectors.vectors.length / dimension : 0)
  const ofPooled = new Float64Array(attends ? count * dimension : 0)
  const still: HeadInputs = { count, ...shape, vectors: vectors?.vectors ?? new Float32Array(0) }

  const start = new Float64Array(size + (attends ? attentionSize(dimension) : 0))
  if (before !== undefined) {
    copyWeights(before, terms?.stored ?? null, dimension, start)
    if (before.attention !== null && attends) start.set(unpackFloats(before.attention, attentionSize(dimension)), size)
  }
  const descent = descend(start, vectors === undefined ? FIT_TERMS : FIT)
  let position = descent.next()
  while (position.done !== true) position = descent.next(yield* lossAt(position.value))
  const fitted = position.value
  return {
    labels: names,
    strategy: options.strategy,
    backbone: options.backbone,
    dimension,
    windowMax: options.windowMax,
    terms: terms?.stored ?? null,
    weights: packFloats(fitted.subarray(0, size)),
    attention: attends ? packFloats(fitted.subarray(size)) : null,
    temperature: 1,
  }

  function* lossAt({ x, gradient }: EvaluationPoint): ProductComputation<number> {
    const head = x.subarray(0, size)
    const setting = { classes, weightByClass, penalty: options.penalty }
    if (!attends) return yield* headLoss(head, still, labels, setting, gradient)
    const attention = x.subarray(size)
    const inputs = { ...still, vectors: pooled(attention, vectors, weights) }
    gradient.fill(0)
    const loss = yield* headLoss(head, inputs, labels, setting, gradient, ofPooled)
    const ofAttention = gradient.subarray(size)
    attentionGradient(vectors, weights, ofPooled, ofAttention)
    return loss + addPenalty(attention, ofAttention, options.penalty.vectors / count)
  }
}

/** Copies the weights of a model. A term keeps its weights even if its index has changed; a new one starts at zero. */
function copyWeights(
  before: TextModelParameters,
  terms: StoredTerms | null,
  dimension: number,
  into: Float64Array,
): void {
  const outputs = logitCount(before.labels.length)
  const known = before.terms?.terms ?? []
  const weights = unpackFloats(before.weights, (dimension + known.length + 1) * outputs)
  const from = dimension * outputs
  into.set(weights.subarray(0, from))
  const positions = new Map(known.map((term, position) => [term, position]))
  const now = terms?.terms ?? []
  now.forEach((term, position) => {
    const old = positions.get(term)
    if (old === undefined) return
    into.set(weights.subarray(from + old * outputs, from + (old + 1) * outputs), from + position * outputs)
  })
  into.set(weights.subarray(from + known.length * outputs), from + now.length * outputs)
}

/**
 * Returns the divisor of the logits that calibrates the probabilities of cases that the model has not seen (Guo et al.
 * 2017).
 */
export function fitTemperature(logits: Float64Array, labels: Int32Array, classes: number): number {
  const lossAt = (temperature: number): number => {
    const probabilities = probabilitiesOf(logits, classes, temperature)
    return labels.reduce(
      (sum, label, row) => sum - Math.log(Math.max(probabilities[row * classes + label]!, 1e-300)),
      0,
    )
  }
  return Math.exp(goldenSectionMinimum((at) => lossAt(Math.exp(at)), Math.log(0.05), Math.log(20)))
}

function addPenalty(values: Float64Array, gradient: Float64Array, strength: number): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) {
    sum += (strength / 2) * values[i]! * values[i]!
    gradient[i]! += strength * values[i]!
  }
  return sum
}

function computeClassWeights(labels: Int32Array, classes: number, how: TextFitOptions['classWeights']): Float64Array {
  if (how === 'none') return new Float64Array(classes).fill(1)
  const counts = new Float64Array(classes)
  for (const label of labels) counts[label]!++
  return counts.map((rows) => (rows === 0 ? 0 : labels.length / (classes * rows)))
}
