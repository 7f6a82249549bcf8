import { softmaxRows } from '../check-classes.ts'
import type { ClassCalibrator } from './calibration.ts'
import { minimise } from '../linear/lbfgs.ts'
import type { Explainer, Batch } from '../model.ts'

/** Lower bound on probabilities, so that no single row dominates the loss. */
export const PROBABILITY_MIN = 1e-9
/** L2 penalty on intercepts, which keeps that of a rare class near 0. */
const PENALTY = 1
const PARTS = 5

/**
 * Fits a calibrator on rows that the model was not trained on. `probabilities`: [rows × classes]. Throws if there are
 * none.
 */
export function fitClassCalibrator(
  labels: ArrayLike<number>,
  probabilities: Float64Array,
  classes: number,
): ClassCalibrator {
  const rows = labels.length
  if (rows === 0) throw new Error('There are no rows to calibrate on: keep some that the model is not trained on.')
  const logs = probabilities.map((p) => Math.log(Math.max(p, PROBABILITY_MIN)))
  const fitted = minimise(
    (x, gradient) => {
      const calibrated = calibratedLogs(logs, x[0]!, x.subarray(1))
      softmaxRows(calibrated, classes, rows)
      let loss = 0
      gradient.fill(0)
      for (let row = 0; row < rows; row++) {
        loss -= Math.log(Math.max(calibrated[row * classes + labels[row]!]!, Number.MIN_VALUE))
        for (let k = 0; k < classes; k++) {
          const slack = calibrated[row * classes + k]! - Number(labels[row] === k)
          gradient[0]! += slack * logs[row * classes + k]!
          gradient[k + 1]! += slack
        }
      }
      for (let k = 1; k <= classes; k++) {
        loss += (PENALTY / 2) * x[k]! ** 2
        gradient[k]! += PENALTY * x[k]!
      }
      gradient.forEach((value, at) => (gradient[at] = value / rows))
      return loss / rows
    },
    Float64Array.from({ length: classes + 1 }, (_, at) => Number(at === 0)),
  )
  return { method: 'classes', slope: fitted[0]!, intercepts: [...fitted.subarray(1)] }
}

function calibratedLogs(logs: Float64Array, slope: number, intercepts: ArrayLike<number>): Float64Array {
  return logs.map((log, at) => slope * log + intercepts[at % intercepts.length]!)
}

/** Replaces class probabilities by calibrated ones, in place: [rows × classes]. */
export function applyClassCalibrator({ slope, intercepts }: ClassCalibrator, probabilities: Float64Array): void {
  const classes = intercepts.length
  const logs = probabilities.map((p) => Math.log(Math.max(p, PROBABILITY_MIN)))
  probabilities.set(calibratedLogs(logs, slope, intercepts))
  softmaxRows(probabilities, classes, probabilities.length / classes)
}

/**
 * Returns a calibrator fitted to all rows if in cross-validation calibration lowers the log loss by more than a
 * standard error; otherwise `undefined`.
 */
export function betterClassCalibrator(
  labels: Int32Array,
  probabilities: Float64Array,
  classes: number,
): ClassCalibrator | undefined {
  const rowsOf = (holds: (row: number) => boolean) => Int32Array.from(labels.keys()).filter(holds)
  const picked = (rows: Int32Array) =>
    Float64Array.from({ length: rows.length * classes }, (_, at) => {
      return probabilities[rows[Math.floor(at / classes)]! * classes + (at % classes)]!
    })
  const gains: number[] = []
  for (let part = 0; part < PARTS; part++) {
    const [others, own] = [rowsOf((row) => row % PARTS !== part), rowsOf((row) => row % PARTS === part)]
    if (others.length === 0 || own.length === 0) return undefined
    const calibrator = fitClassCalibrator(
      others.map((row) => labels[row]!),
      picked(others),
      classes,
    )
    const [before, after] = [picked(own), picked(own)]
    applyClassCalibrator(calibrator, after)
    own.forEach((row, at) => {
      const index = at * classes + labels[row]!
      gains.push(
        Math.log(Math.max(after[index]!, PROBABILITY_MIN)) - Math.log(Math.max(before[index]!, PROBABILITY_MIN)),
      )
    })
  }
  const mean = gains.reduce((sum, gain) => sum + gain, 0) / gains.length
  const squares = gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0)
  const isBetter = mean > Math.sqrt(squares / Math.max(1, gains.length - 1) / gains.length)
  return isBetter ? fitClassCalibrator(labels, probabilities, classes) : undefined
}

type Scorer = (batch: Batch, into: Float64Array) => void | Promise<void>

/** Wraps a scorer so that its class probabilities are calibrated. */
export function classCalibratedScorer(score: Scorer, calibrator: ClassCalibrator): Scorer {
  return (batch, into) => {
    const calibrate = () =>
      applyClassCalibrator(calibrator, into.subarray(0, batch.count * calibrator.intercepts.length))
    const promised = score(batch, into)
    return promised === undefined ? calibrate() : promised.then(calibrate)
  }
}

/** Wraps the explainer of a class's margin so that its contributions add up to the calibrated margin. */
export function classCalibratedExplainer(
  explain: Explainer,
  { slope, intercepts }: ClassCalibrator,
  output: number,
): Explainer {
  return (row, into) => {
    const base = explain(row, into)
    for (let feature = 0; feature < into.length; feature++) into[feature]! *= slope
    return slope * base + intercepts[output]!
  }
}

/** Returns whether a stored value is a complete class calibrator. */
export function isClassCalibrator(value: unknown): value is ClassCalibrator {
  if (typeof value !== 'object' || value === null) return false
  const { method, slope, intercepts } = value as Readonly<Record<string, unknown>>
  return (
    method === 'classes' &&
    Number.isFinite(slope) &&
    Array.isArray(intercepts) &&
    intercepts.length > 0 &&
    intercepts.every(Number.isFinite)
  )
}
