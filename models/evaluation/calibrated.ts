import type { Calibrator } from './calibration.ts'
import { applyCalibrator } from './calibrator.ts'
import type { Batch, Explainer } from '../model.ts'

type Scorer = (batch: Batch, into: Float64Array) => void | Promise<void>

/** Wraps a scorer so that its probabilities are calibrated. */
export function calibratedScorer(score: Scorer, calibrator: Calibrator): Scorer {
  return (batch, into) => {
    const calibrate = () => applyCalibrator(calibrator, into.subarray(0, batch.count))
    const promised = score(batch, into)
    return promised === undefined ? calibrate() : promised.then(calibrate)
  }
}

/**
 * Wraps an explainer so that its contributions add up to the calibrated log odds, which Platt scaling makes a linear
 * function of the margin. Isotonic calibration is not linear: contributions remain those to the uncalibrated score.
 */
export function calibratedExplainer(explain: Explainer, calibrator: Calibrator): Explainer {
  if (calibrator.method === 'isotonic') return explain
  const { slope, intercept } = calibrator
  return (row, into) => {
    const base = explain(row, into)
    for (let feature = 0; feature < into.length; feature++) into[feature]! *= slope
    return slope * base + intercept
  }
}
