import type { PlattCalibrator } from './calibration.ts'
import { sigmoid, softplus } from '../linear/penalised-logistic.ts'

const STEPS_MAX = 100
const GRADIENT_MIN = 1e-8
/** Keeps the matrix of second derivatives invertible if all rows have the same score. */
const RIDGE = 1e-12
/** Minimum distance of a score from 0 and 1, so that the log odds of a certain row do not outweigh all others. */
export const PROBABILITY_EPSILON = 1e-9

export function logOdds(score: number): number {
  const bounded = Math.min(Math.max(score, PROBABILITY_EPSILON), 1 - PROBABILITY_EPSILON)
  return Math.log(bounded) - Math.log1p(-bounded)
}

/**
 * Fits Platt's logistic regression (1999) on the log odds of the scores. Targets are moved away from 0 and 1 as by a
 * uniform prior, so that a few rows give no certainty. Uses Newton steps with backtracking (Lin, Lin and Weng 2007).
 * `weights` are row weights, equal by default.
 */
export function fitPlatt(
  labels: Float64Array,
  scores: Float64Array,
  weights: Float64Array = new Float64Array(labels.length).fill(1),
): PlattCalibrator {
  const margins = scores.map(logOdds)
  const positives = labels.reduce((sum, label, row) => sum + weights[row]! * label, 0)
  const negatives = weights.reduce((sum, weight) => sum + weight, 0) - positives
  const targets = labels.map((label) => (label === 1 ? (positives + 1) / (positives + 2) : 1 / (negatives + 2)))
  const rows = { margins, targets, weights }
  let slope = 0
  let intercept = Math.log((positives + 1) / (negatives + 1))
  let loss = lossOf(rows, slope, intercept)
  for (let step = 0; step < STEPS_MAX; step++) {
    const at = derivativesOf(rows, slope, intercept)
    if (Math.max(Math.abs(at.bySlope), Math.abs(at.byIntercept)) < GRADIENT_MIN) break
    const determinant = at.slopeTwice * at.interceptTwice - at.both ** 2
    const towardsSlope = -(at.interceptTwice * at.bySlope - at.both * at.byIntercept) / determinant
    const towardsIntercept = -(at.slopeTwice * at.byIntercept - at.both * at.bySlope) / determinant
    const descent = at.bySlope * towardsSlope + at.byIntercept * towardsIntercept
    let length = 1
    let next = lossOf(rows, slope + towardsSlope, intercept + towardsIntercept)
    while (next > loss + 1e-4 * length * descent && length > 1e-10) {
      length /= 2
      next = lossOf(rows, slope + length * towardsSlope, intercept + length * towardsIntercept)
    }
    if (next >= loss) break
    slope += length * towardsSlope
    intercept += length * towardsIntercept
    loss = next
  }
  return { method: 'platt', slope, intercept }
}

export function applyPlatt({ slope, intercept }: PlattCalibrator, score: number): number {
  return sigmoid(slope * logOdds(score) + intercept)
}

interface Rows {
  readonly margins: Float64Array
  readonly targets: Float64Array
  readonly weights: Float64Array
}

function lossOf({ margins, targets, weights }: Rows, slope: number, intercept: number): number {
  let loss = 0
  for (let i = 0; i < margins.length; i++) {
    const margin = slope * margins[i]! + intercept
    loss += weights[i]! * (softplus(margin) - targets[i]! * margin)
  }
  return loss
}

function derivativesOf({ margins, targets, weights }: Rows, slope: number, intercept: number) {
  const at = { bySlope: 0, byIntercept: 0, slopeTwice: RIDGE, interceptTwice: RIDGE, both: 0 }
  for (let i = 0; i < margins.length; i++) {
    const probability = sigmoid(slope * margins[i]! + intercept)
    const error = weights[i]! * (probability - targets[i]!)
    const curvature = weights[i]! * probability * (1 - probability)
    at.bySlope += error * margins[i]!
    at.byIntercept += error
    at.slopeTwice += curvature * margins[i]! ** 2
    at.interceptTwice += curvature
    at.both += curvature * margins[i]!
  }
  return at
}
