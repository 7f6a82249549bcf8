import { bootstrapInterval, type Interval } from '../evaluation/bootstrap.ts'
import { rocAuc } from '../evaluation/metrics.ts'

/** Metrics of class probabilities, each with its 95 % interval. */
export interface TextMetrics {
  readonly accuracy: Interval
  /** Mean F1 of the classes that occur. */
  readonly macroF1: Interval
  readonly logLoss: Interval
  /** For two classes only. */
  readonly auc?: Interval
}

const DRAWS = 200

/** Computes the metrics of `probabilities` [rows × classes], with the most probable class as the prediction. */
export function textMetrics(
  labels: Int32Array,
  probabilities: Float64Array,
  classes: number,
  seed: number,
): TextMetrics {
  const predictions = predictedClasses(probabilities, classes)
  const losses = rowLosses(labels, probabilities, classes)
  const interval = (statistic: (rows: Int32Array) => number) =>
    bootstrapInterval(labels.length, statistic, { seed, draws: DRAWS })
  const one = Float64Array.from(labels, (_, row) => probabilities[row * classes + 1]!)
  return {
    accuracy: interval(
      (rows) => rows.reduce((sum, row) => sum + (predictions[row] === labels[row] ? 1 : 0), 0) / rows.length,
    ),
    macroF1: interval((rows) => macroF1(labels, predictions, rows, classes)),
    logLoss: interval((rows) => rows.reduce((sum, row) => sum + losses[row]!, 0) / rows.length),
    ...(classes === 2
      ? {
          auc: interval((rows) =>
            rocAuc(
              Float64Array.from(rows, (row) => labels[row]!),
              Float64Array.from(rows, (row) => one[row]!),
            ),
          ),
        }
      : {}),
  }
}

export function predictedClasses(probabilities: Float64Array, classes: number): Int32Array {
  return Int32Array.from({ length: probabilities.length / classes }, (_, row) => {
    let best = 0
    for (let k = 1; k < classes; k++)
      if (probabilities[row * classes + k]! > probabilities[row * classes + best]!) best = k
    return best
  })
}

export function rowLosses(labels: Int32Array, probabilities: Float64Array, classes: number): Float64Array {
  return Float64Array.from(labels, (label, row) => -Math.log(Math.max(probabilities[row * classes + label]!, 1e-15)))
}

function macroF1(labels: Int32Array, predictions: Int32Array, rows: Int32Array, classes: number): number {
  const [correctCounts, predictedCounts, actualCounts] = [
    new Float64Array(classes),
    new Float64Array(classes),
    new Float64Array(classes),
  ]
  for (const row of rows) {
    predictedCounts[predictions[row]!]!++
    actualCounts[labels[row]!]!++
    if (predictions[row] === labels[row]) correctCounts[labels[row]!]!++
  }
  let sum = 0
  let occurring = 0
  for (let k = 0; k < classes; k++) {
    if (actualCounts[k] === 0) continue
    occurring++
    sum += (2 * correctCounts[k]!) / (predictedCounts[k]! + actualCounts[k]!)
  }
  return sum / occurring
}
