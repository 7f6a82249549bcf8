import { sigmoid } from '../linear/penalised-logistic.ts'
import { solvePositive } from './solve-positive.ts'

/**
 * Online logistic regression: a Gaussian posterior of the weights, sharpened by each micro-batch of labels in one
 * Newton step and widened by forgetting (recursive Bayesian logistic regression: Penny and Roberts 1999; McCormick,
 * Raftery, Madigan and Burd 2012). The first weight is the intercept.
 */
export interface RecursiveLogistic {
  /** Share of older evidence kept per row; 1 forgets nothing. */
  readonly forgetting: number
  readonly weights: Float64Array
  /** Inverse covariance, row by row: [weights × weights]. */
  readonly precision: Float64Array
}

/** Design rows with a leading constant 1: [count × width]. Labels are 0 or 1. */
export interface MicroBatch {
  readonly count: number
  readonly rows: Float64Array
  readonly labels: Float64Array
}

export type Learned =
  | { readonly kind: 'learned'; readonly model: RecursiveLogistic }
  /** The state is unchanged. */
  | { readonly kind: 'refused'; readonly why: string }

/** Prior precision, which limits forgetting: weights without evidence stay where they are. */
const PRIOR_PRECISION = 1
/** Limits of a step: the change of a row's log odds, and the rise of the batch's mean loss. */
const MARGIN_STEP_MAX = 20
const LOSS_RISE_MAX = 0.1

export function recursiveLogistic(width: number, forgetting: number): RecursiveLogistic {
  const precision = new Float64Array(width * width)
  for (let at = 0; at < width; at++) precision[at * width + at] = PRIOR_PRECISION
  return { forgetting, weights: new Float64Array(width), precision }
}

/** Returns the probability of the row that begins at `start`. */
export function recursiveScore({ weights }: RecursiveLogistic, rows: Float64Array, start: number): number {
  let margin = 0
  for (let at = 0; at < weights.length; at++) margin += weights[at]! * rows[start + at]!
  return sigmoid(margin)
}

/**
 * Learns a batch in one Newton step. A step that moves too far, or raises the loss on the batch itself, is halved up to
 * three times, then refused. A step that is not finite is refused.
 */
export function learnBatch(model: RecursiveLogistic, { count, rows, labels }: MicroBatch): Learned {
  const width = model.weights.length
  const precision = model.precision.slice()
  const kept = model.forgetting ** count
  for (let at = 0; at < precision.length; at++) precision[at]! *= kept
  // The prior replaces the evidence that forgetting removes.
  for (let at = 0; at < width; at++) precision[at * width + at]! += (1 - kept) * PRIOR_PRECISION
  const pull = new Float64Array(width)
  for (let row = 0; row < count; row++) {
    const start = row * width
    const probability = recursiveScore(model, rows, start)
    const curvature = Math.max(probability * (1 - probability), 1e-4)
    for (let a = 0; a < width; a++) {
      const value = rows[start + a]!
      if (value === 0) continue
      pull[a]! += value * (labels[row]! - probability)
      for (let b = 0; b < width; b++) precision[a * width + b]! += curvature * value * rows[start + b]!
    }
  }
  const step = solvePositive(precision, pull)
  if (step === undefined || !step.every(Number.isFinite))
    return { kind: 'refused', why: 'the step is not a finite number' }
  const before = lossOf(model.weights, rows, labels, count)
  for (let share = 1; share > 0.1; share /= 2) {
    const weights = model.weights.map((weight, at) => weight + share * step[at]!)
    const moved = largestMarginChange(step, rows, count) * share
    if (moved <= MARGIN_STEP_MAX && lossOf(weights, rows, labels, count) <= before + LOSS_RISE_MAX)
      return { kind: 'learned', model: { forgetting: model.forgetting, weights, precision } }
  }
  return { kind: 'refused', why: 'the step makes the model worse on the rows that it learned from, or moves too far' }
}

function largestMarginChange(step: Float64Array, rows: Float64Array, count: number): number {
  let most = 0
  for (let row = 0; row < count; row++) {
    let margin = 0
    for (let at = 0; at < step.length; at++) margin += step[at]! * rows[row * step.length + at]!
    most = Math.max(most, Math.abs(margin))
  }
  return most
}

/** Returns the mean log loss. */
function lossOf(weights: Float64Array, rows: Float64Array, labels: Float64Array, count: number): number {
  let loss = 0
  for (let row = 0; row < count; row++) {
    let margin = 0
    for (let at = 0; at < weights.length; at++) margin += weights[at]! * rows[row * weights.length + at]!
    loss += Math.log1p(Math.exp(-Math.abs(margin))) + Math.max(0, labels[row] === 1 ? -margin : margin)
  }
  return loss / Math.max(1, count)
}
