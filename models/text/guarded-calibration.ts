import { probabilitiesOf } from './softmax-head.ts'

/** Makes of logits the probabilities that come true. */
export interface TextCalibration {
  /** Divides the logits (Guo et al. 2017). */
  readonly temperature: number
  /** What is mixed in: the shares of the classes among the training cases, and how much of them; not given: nothing. */
  readonly base?: { readonly weight: number; readonly shares: readonly number[] } | undefined
}

/** Mixed in at most: the order of the cases is to stay. */
const WEIGHT_MAX = 0.98
const WEIGHT_STEP = 0.07
/** In logarithms: beyond these there is nothing to gain. */
const TEMPERATURES = [Math.log(0.05), Math.log(20)] as const

/** Probabilities of all classes: [cases × classes]. */
export function calibratedProbabilities(
  logits: Float64Array,
  classes: number,
  { temperature, base }: TextCalibration,
): Float64Array {
  const probabilities = probabilitiesOf(logits, classes, temperature)
  if (base !== undefined)
    for (let place = 0; place < probabilities.length; place++)
      probabilities[place] = (1 - base.weight) * probabilities[place]! + base.weight * base.shares[place % classes]!
  return probabilities
}

/**
 * A calibration that is no worse than the base rate, as far as cases that the model has not seen can say: the one whose
 * log loss is lowest when a standard error of its difference from the base rate's is added to it. Few cases, or a model
 * that hardly knows more than the base rate, so give probabilities close to it. `shares`: of the classes.
 */
export function guardedCalibration(
  logits: Float64Array,
  labels: Int32Array,
  shares: ArrayLike<number>,
): TextCalibration {
  const classes = shares.length
  // Targets a little away from 0 and 1 (Platt 1999, 2.2): what was never wrong in few cases may be in others.
  const wrong = 1 / (labels.length + 2)
  const lossOf = (given: ArrayLike<number>, from: number, label: number) => {
    let others = 0
    for (let k = 0; k < classes; k++) if (k !== label) others -= Math.log(Math.max(given[from + k]!, 1e-15))
    return (1 - wrong) * -Math.log(Math.max(given[from + label]!, 1e-15)) + (wrong * others) / (classes - 1)
  }
  const ofBase = Float64Array.from(labels, (label) => lossOf(shares, 0, label))
  let best: { readonly calibration: TextCalibration; readonly value: number } | undefined
  for (let weight = 0; ; weight = Math.min(WEIGHT_MAX, weight + WEIGHT_STEP)) {
    const base = weight === 0 ? undefined : { weight, shares: Array.from(shares) }
    const differences = (temperature: number) => {
      const given = calibratedProbabilities(logits, classes, { temperature, base })
      return Float64Array.from(labels, (label, row) => lossOf(given, row * classes, label) - ofBase[row]!)
    }
    const temperature = Math.exp(leastOf((at) => meanOf(differences(Math.exp(at))), ...TEMPERATURES))
    const own = differences(temperature)
    const mean = meanOf(own)
    const squares = own.reduce((sum, one) => sum + (one - mean) ** 2, 0)
    const value = mean + Math.sqrt(squares / Math.max(1, own.length - 1) / own.length)
    if (best === undefined || value < best.value) best = { calibration: { temperature, base }, value }
    if (weight >= WEIGHT_MAX) return best.calibration
  }
}

/** Where a function with one minimum has it: drawn in by the golden section. */
export function leastOf(valueAt: (x: number) => number, from: number, to: number): number {
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
