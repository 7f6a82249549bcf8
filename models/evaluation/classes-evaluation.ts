import { predictedClasses, textMetrics, type TextMetrics } from '../text/text-metrics.ts'
import { calibrationTable, type CalibrationRow } from './calibration-table.ts'
import type { EvaluatedMetric } from './evaluation.ts'
import { calibration, calibrationError, rocAuc } from './metrics.ts'

/** One-vs-rest metrics of a class. */
export interface ClassReport {
  readonly name: string
  /** Test rows of the class, and rows predicted as the class. */
  readonly rows: number
  readonly answered: number
  /** `null` if there are no rows to compute it from. */
  readonly precision: number | null
  readonly recall: number | null
  readonly f1: number | null
  /** ROC AUC of the class's probability against all other classes. */
  readonly auc: number | null
  /** Expected calibration error of the class's probability over ten bins. */
  readonly calibrationError: number
}

/** Number of rows of one class predicted as another. */
interface Confusion {
  readonly actual: string
  readonly answer: string
  readonly rows: number
}

/** Evaluation of class probabilities on rows that the model was not trained on: plain JSON, without NaN. */
export interface ClassesEvaluation {
  readonly rows: number
  /** Metrics, with those of a baseline that always predicts the class shares of the training rows. */
  readonly metrics: readonly EvaluatedMetric[]
  readonly classes: readonly ClassReport[]
  /** Confused pairs, the most frequent first. */
  readonly confusions: readonly Confusion[]
  /** Calibration of the predicted class: its probability against how often it was right. */
  readonly calibration: readonly CalibrationRow[]
}

const CONFUSIONS_MAX = 12

/** Evaluates `probabilities` [rows × classes]. `shares` are those of the classes among the training rows. */
export function evaluateClasses(
  labels: Int32Array,
  probabilities: Float64Array,
  names: readonly string[],
  { seed, shares, metrics }: { readonly seed: number; readonly shares: Float64Array; readonly metrics?: TextMetrics },
): ClassesEvaluation {
  const classes = names.length
  const own = metrics ?? textMetrics(labels, probabilities, classes, seed)
  const constant = new Float64Array(labels.length * classes)
  for (let row = 0; row < labels.length; row++) constant.set(shares, row * classes)
  const baseline = textMetrics(labels, constant, classes, seed)
  const predictions = predictedClasses(probabilities, classes)
  const right = Float64Array.from(predictions, (answer, row) => Number(answer === labels[row]))
  return {
    rows: labels.length,
    metrics: Object.entries(own).map(([name, { estimate, lower, upper }]) => ({
      name,
      value: estimate,
      lower,
      upper,
      baseline: baseline[name as keyof TextMetrics]?.estimate ?? null,
    })),
    classes: names.map((name, k) => classReport(name, k, labels, predictions, probabilities, classes)),
    confusions: confusionsOf(labels, predictions, names),
    calibration: calibrationTable(
      right,
      Float64Array.from(predictions, (answer, row) => probabilities[row * classes + answer]!),
    ),
  }
}

/** Returns the share of each class among the labels. */
export function classShares(labels: ArrayLike<number>, classes: number): Float64Array {
  const shares = new Float64Array(classes)
  for (let row = 0; row < labels.length; row++) shares[labels[row]!]! += 1 / labels.length
  return shares
}

function classReport(
  name: string,
  k: number,
  labels: Int32Array,
  predictions: Int32Array,
  probabilities: Float64Array,
  classes: number,
): ClassReport {
  let [rows, answered, right] = [0, 0, 0]
  labels.forEach((label, row) => {
    if (label === k) rows++
    if (predictions[row] === k) answered++
    if (label === k && predictions[row] === k) right++
  })
  const [ofClass, own] = [
    Float64Array.from(labels, (label) => Number(label === k)),
    Float64Array.from(labels, (_, row) => probabilities[row * classes + k]!),
  ]
  const auc = rocAuc(ofClass, own)
  return {
    name,
    rows,
    answered,
    precision: answered === 0 ? null : right / answered,
    recall: rows === 0 ? null : right / rows,
    f1: rows + answered === 0 ? null : (2 * right) / (rows + answered),
    auc: Number.isNaN(auc) ? null : auc,
    calibrationError: calibrationError(calibration(ofClass, own)),
  }
}

function confusionsOf(labels: Int32Array, predictions: Int32Array, names: readonly string[]): Confusion[] {
  const counts = new Map<number, number>()
  labels.forEach((label, row) => {
    const pair = label * names.length + predictions[row]!
    if (label !== predictions[row]) counts.set(pair, (counts.get(pair) ?? 0) + 1)
  })
  return [...counts]
    .sort(([one, often], [other, otherOften]) => otherOften - often || one - other)
    .slice(0, CONFUSIONS_MAX)
    .map(([pair, rows]) => ({
      actual: names[Math.floor(pair / names.length)]!,
      answer: names[pair % names.length]!,
      rows,
    }))
}
