import { sigmoid } from '../linear/penalised-logistic.ts'
import { solvePositive } from './solve-positive.ts'

/**
 * Logistic regression that learns row by row for ever: a Gaussian around its weights, sharpened by each micro-batch of
 * labels in one Newton step and blurred by forgetting (recursive Bayesian logistic regression: Penny and Roberts 1999;
 * McCormick, Raftery, Madigan and Burd 2012). The first weight is the intercept.
 */
export interface RecursiveLogistic {
  /** What stays of older evidence with each row; 1 forgets nothing. */
  readonly forgetting: number
  readonly weights: Float64Array
  /** Inverse covariance, row by row: [weights × weights]. */
  readonly precision: Float64Array
}

/** Rows of a design with the constant 1 in front: [count × width]; labels 0 or 1. */
export interface MicroBatch {
  readonly count: number
  readonly rows: Float64Array
  readonly labels: Float64Array
}

export type Learned =
  | { readonly kind: 'learned'; readonly model: RecursiveLogistic }
  /** The state is left as it was. */
  | { readonly kind: 'refused'; readonly why: string }

/** Evidence is never weaker than this, so that weights without any stay where they are. */
const PRIOR_PRECISION = 1
/** A step that moves a row's log-odds further than that, or makes its batch so much worse, is no learning. */
const MARGIN_STEP_MAX = 20
const LOSS_RISE_MAX = 0.1

export function recursiveLogistic(width: number, forgetting: number): RecursiveLogistic {
  const precision = new Float64Array(width * width)
  for (let at = 0; at < width; at++) precision[at * width + at] = PRIOR_PRECISION
  return { forgetting, weights: new Float64Array(width), precision }
}

/** The probability of a row that begins at `start`. */
export function recursiveScore({ weights }: RecursiveLogistic, rows: Float64Array, start: number): number {
  let margin = 0
  for (let at = 0; at < weights.length; at++) margin += weights[at]! * rows[start + at]!
  return sigmoid(margin)
}

/**
 * One step with a batch of labels. A step that is not finite, moves too far, or makes the model worse on the very rows
 * that it learned from is halved a few times, then refused.
 */
export function learnBatch(model: RecursiveLogistic, { count, rows, labels }: MicroBatch): Learned {
  const width = model.weights.length
  const precision = model.precision.slice()
  const kept = model.forgetting ** count
  for (let at = 0; at < precision.length; at++) precision[at]! *= kept
  // What forgetting takes from the evidence, the prior gives back.
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
    const moved = furthest(step, rows, count) * share
    if (moved <= MARGIN_STEP_MAX && lossOf(weights, rows, labels, count) <= before + LOSS_RISE_MAX)
      return { kind: 'learned', model: { forgetting: model.forgetting, weights, precision } }
  }
  return { kind: 'refused', why: 'the step makes the model worse on the rows that it learned from, or moves too far' }
}

function furthest(step: Float64Array, rows: Float64Array, count: number): number {
  let most = 0
  for (let row = 0; row < count; row++) {
    let margin = 0
    for (let at = 0; at < step.length; at++) margin += step[at]! * rows[row * step.length + at]!
    most = Math.max(most, Math.abs(margin))
  }
  return most
}

/** Mean log loss. */
function lossOf(weights: Float64Array, rows: Float64Array, labels: Float64Array, count: number): number {
  let loss = 0
  for (let row = 0; row < count; row++) {
    let margin = 0
    for (let at = 0; at < weights.length; at++) margin += weights[at]! * rows[row * weights.length + at]!
    loss += Math.log1p(Math.exp(-Math.abs(margin))) + Math.max(0, labels[row] === 1 ? -margin : margin)
  }
  return loss / Math.max(1, count)
}
