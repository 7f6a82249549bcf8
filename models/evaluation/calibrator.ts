import { applyIsotonic, fitIsotonic, type IsotonicCalibrator } from './isotonic.ts'
import { applyPlatt, fitPlatt, type PlattCalibrator } from './platt.ts'

/** How a model's scores become probabilities that come true: plain data that is stored with the model. */
export type Calibrator = PlattCalibrator | IsotonicCalibrator

/** Fits on rows that the model was not trained on. Throws where there are none, or a score or label is no number. */
export function fitCalibrator(method: Calibrator['method'], labels: Float64Array, scores: Float64Array): Calibrator {
  if (labels.length === 0) throw new Error('There are no rows to calibrate on: keep some that the model is not trained on.')
  const wrong = scores.findIndex((score, row) => !Number.isFinite(score) || !Number.isFinite(labels[row]))
  if (wrong !== -1)
    throw new Error(`Row ${wrong} can't be calibrated on: its score is ${scores[wrong]}, its label ${labels[wrong]}.`)
  return method === 'platt' ? fitPlatt(labels, scores) : fitIsotonic(labels, scores)
}

/** The probability that a score stands for; of NaN it is NaN. */
export function calibratedScore(calibrator: Calibrator, score: number): number {
  return calibrator.method === 'platt' ? applyPlatt(calibrator, score) : applyIsotonic(calibrator, score)
}

/** Replaces the scores by probabilities in place, as a scorer writes them. */
export function applyCalibrator(calibrator: Calibrator, scores: Float64Array): void {
  for (let row = 0; row < scores.length; row++) scores[row] = calibratedScore(calibrator, scores[row]!)
}
