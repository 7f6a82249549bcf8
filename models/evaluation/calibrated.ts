import type { Calibrator } from './calibration.ts'
import { applyCalibrator } from './calibrator.ts'
import type { Batch, Explainer } from '../model.ts'

type Scorer = (batch: Batch, into: Float64Array) => void | Promise<void>

/** A scorer whose probabilities come true. */
export function calibratedScorer(score: Scorer, calibrator: Calibrator): Scorer {
  return (batch, into) => {
    const calibrate = () => applyCalibrator(calibrator, into.subarray(0, batch.count))
    const promised = score(batch, into)
    return promised === undefined ? calibrate() : promised.then(calibrate)
  }
}

/**
 * Platt's line turns contributions to the log-odds into contributions to the calibrated ones, so that they add up
 * again. Isotonic steps have no such line: there the contributions stay those to the score before its calibration.
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
