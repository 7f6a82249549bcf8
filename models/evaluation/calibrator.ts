import type { Calibrator } from './calibration.ts'
import { applyIsotonic, fitIsotonic } from './isotonic.ts'
import { applyPlatt, fitPlatt } from './platt.ts'

/**
 * Fits a calibrator on rows that the model was not trained on. Throws if there are none, if a score or label is not
 * finite, and for weights with a method that does not support them.
 */
export function fitCalibrator(
  method: Calibrator['method'],
  labels: Float64Array,
  scores: Float64Array,
  weights?: Float64Array,
): Calibrator {
  if (labels.length === 0)
    throw new Error('There are no rows to calibrate on: keep some that the model is not trained on.')
  const wrong = scores.findIndex((score, row) => !Number.isFinite(score) || !Number.isFinite(labels[row]))
  if (wrong !== -1)
    throw new Error(`Row ${wrong} can't be calibrated on: its score is ${scores[wrong]}, its label ${labels[wrong]}.`)
  if (method === 'platt') return fitPlatt(labels, scores, weights)
  if (weights !== undefined) throw new Error('Isotonic calibration can’t weigh rows: calibrate by platt.')
  return fitIsotonic(labels, scores)
}

/** Returns the calibrated probability of a score; NaN for NaN. */
export function calibratedScore(calibrator: Calibrator, score: number): number {
  return calibrator.method === 'platt' ? applyPlatt(calibrator, score) : applyIsotonic(calibrator, score)
}

/** Replaces scores by calibrated probabilities, in place. */
export function applyCalibrator(calibrator: Calibrator, scores: Float64Array): void {
  for (let row = 0; row < scores.length; row++) scores[row] = calibratedScore(calibrator, scores[row]!)
}

/** Returns whether a stored value is a complete calibrator. */
export function isCalibrator(value: unknown): value is Calibrator {
  if (typeof value !== 'object' || value === null) return false
  const { method, slope, intercept, scores, values } = value as Readonly<Record<string, unknown>>
  if (method === 'platt') return Number.isFinite(slope) && Number.isFinite(intercept)
  const areNumbers = (list: unknown): list is number[] => Array.isArray(list) && list.every(Number.isFinite)
  return (
    method === 'isotonic' &&
    areNumbers(scores) &&
    areNumbers(values) &&
    scores.length > 0 &&
    scores.length === values.length
  )
}
