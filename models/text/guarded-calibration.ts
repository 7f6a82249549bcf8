import { probabilitiesOf } from './softmax-head.ts'

/** Calibration of logits as probabilities. */
export interface TextCalibration {
  /** Divisor of the logits (Guo et al. 2017). */
  readonly temperature: number
  /** Class shares of the training cases, and the weight with which they are mixed in; absent for none. */
  readonly base?: { readonly weight: number; readonly shares: readonly number[] } | undefined
}

/** Maximum weight of the shares, below 1 to keep the order of the cases. */
const WEIGHT_MAX = 0.98
const WEIGHT_STEP = 0.07
/** Search range for the log of the temperature. */
const TEMPERATURES = [Math.log(0.05), Math.log(20)] as const

/** Returns the calibrated probabilities of all classes: [cases × classes]. */
export function calibratedProbabilities(
  logits: Float64Array,
  classes: number,
  { temperature, base }: TextCalibration,
): Float64Array {
  const probabilities = probabilitiesOf(logits, classes, temperature)
  if (base !== undefined)
    for (let index = 0; index < probabilities.length; index++)
      probabilities[index] = (1 - base.weight) * probabilities[index]! + base.weight * base.shares[index % classes]!
  return probabilities
}

/**
 * Returns a calibration that should be no worse than the base rate, judging by cases that the model has not seen: the
 * one with the lowest log loss relative to the base rate's, plus a standard error of that difference. With few cases,
 * or a model that is hardly better than the base rate, probabilities therefore stay close to it. `shares` are those of
 * the classes.
 */
export function guardedCalibration(
  logits: Float64Array,
  labels: Int32Array,
  shares: ArrayLike<number>,
): TextCalibration {
  const classes = shares.length
  // Targets are moved away from 0 and 1 (Platt 1999, 2.2): a class that was never wrong in a few cases may be in
  // others.
  const wrong = 1 / (labels.length + 2)
  const lossOf = (probabilities: ArrayLike<number>, from: number, label: number) => {
    let others = 0
    for (let k = 0; k < classes; k++) if (k !== label) others -= Math.log(Math.max(probabilities[from + k]!, 1e-15))
    return (1 - wrong) * -Math.log(Math.max(probabilities[from + label]!, 1e-15)) + (wrong * others) / (classes - 1)
  }
  const ofBase = Float64Array.from(labels, (label) => lossOf(shares, 0, label))
  let best: { readonly calibration: TextCalibration; readonly value: number } | undefined
  for (let weight = 0; ; weight = Math.min(WEIGHT_MAX, weight + WEIGHT_STEP)) {
    const base = weight === 0 ? undefined : { weight, shares: Array.from(shares) }
    const differences = (temperature: number) => {
      const probabilities = calibratedProbabilities(logits, classes, { temperature, base })
      return Float64Array.from(labels, (label, row) => lossOf(probabilities, row * classes, label) - ofBase[row]!)
    }
    const temperature = Math.exp(goldenSectionMinimum((at) => meanOf(differences(Math.exp(at))), ...TEMPERATURES))
    const own = differences(temperature)
    const mean = meanOf(own)
    const squares = own.reduce((sum, one) => sum + (one - mean) ** 2, 0)
    const value = mean + Math.sqrt(squares / Math.max(1, own.length - 1) / own.length)
    if (best === undefined || value < best.value) best = { calibration: { temperature, base }, value }
    if (weight >= WEIGHT_MAX) return best.calibration
  }
}

/** Returns the position of the minimum of a unimodal function, by golden-section search. */
export function goldenSectionMinimum(valueAt: (x: number) => number, from: number, to: number): number {
  const ratio = (Math.sqrt(5) - 1) / 2
  let [low, high] = [from, to]
  while (high - low > 1e-4) {
    const [left, right] = [high - ratio * (high - low), low + ratio * (high - low)]
    if (valueAt(left) < valueAt(right)) high = right
    else low = left
  }
  return (low + high) / 2
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
