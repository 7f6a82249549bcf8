import { bootstrapInterval, type Interval } from './bootstrap.ts'
import { calibrationTable } from './calibration-table.ts'
import type { ClassesEvaluation } from './classes-evaluation.ts'
import { calibration, calibrationError, rocAuc } from './metrics.ts'

/** Rows with any number of labels (1 or 0), and a model's probabilities of them: [rows × labels]. */
export interface ScoredLabelSets {
  readonly labels: Uint8Array
  readonly probabilities: Float64Array
  /** Probability from which a row is assigned each label. */
  readonly thresholds: readonly number[]
}

const DRAWS = 200
const CLOSEST = 1e-15

/**
 * Returns micro and macro F1, the share of exact matches, and the mean log loss per label, with bootstrap intervals.
 */
export function labelSetMetrics(scored: ScoredLabelSets, seed: number): Readonly<Record<string, Interval>> {
  const { labels, thresholds } = scored
  const count = labels.length / thresholds.length
  const losses = labelSetLosses(scored)
  const interval = (statistic: (rows: Int32Array) => number) =>
    bootstrapInterval(count, statistic, { seed, draws: DRAWS })
  return {
    microF1: interval((rows) => f1Of(sumOf(countsOf(scored, rows)))),
    macroF1: interval((rows) => {
      const occurring = countsOf(scored, rows).filter(({ positives }) => positives > 0)
      return occurring.reduce((sum, counts) => sum + f1Of(counts), 0) / Math.max(1, occurring.length)
    }),
    exactMatch: interval((rows) => rows.reduce((sum, row) => sum + Number(isExact(scored, row)), 0) / rows.length),
    logLoss: interval((rows) => rows.reduce((sum, row) => sum + losses[row]!, 0) / rows.length),
  }
}

/** Returns the mean log loss of each row's labels. */
export function labelSetLosses({ labels, probabilities, thresholds }: ScoredLabelSets): Float64Array {
  const width = thresholds.length
  return Float64Array.from({ length: labels.length / width }, (_, row) => {
    let loss = 0
    for (let at = row * width; at < (row + 1) * width; at++)
      loss -= Math.log(Math.max(CLOSEST, labels[at] === 1 ? probabilities[at]! : 1 - probabilities[at]!)) / width
    return loss
  })
}

/** Returns the threshold with the best F1 for a label; 0.5 if the label never occurs. */
export function bestThreshold(isPositive: ArrayLike<number>, probabilities: Float64Array): number {
  const order = [...probabilities.keys()].sort((one, other) => probabilities[other]! - probabilities[one]!)
  const positives = Array.from(isPositive).reduce((sum, one) => sum + one, 0)
  let [truePositives, best, threshold] = [0, 0, 0.5]
  order.forEach((row, rank) => {
    truePositives += isPositive[row]!
    const next = order[rank + 1]
    if (next !== undefined && probabilities[next] === probabilities[row]) return
    const f1 = (2 * truePositives) / (positives + rank + 1)
    if (f1 > best)
      [best, threshold] = [
        f1,
        next === undefined ? probabilities[row]! : (probabilities[row]! + probabilities[next]!) / 2,
      ]
  })
  return threshold
}

/** Returns a report with each label as a class. Confusions do not apply and are empty. */
export function evaluateLabelSets(
  scored: ScoredLabelSets,
  names: readonly string[],
  metrics: Readonly<Record<string, Interval>>,
  baseline: Readonly<Record<string, Interval>>,
): ClassesEvaluation {
  const { labels, probabilities, thresholds } = scored
  const width = thresholds.length
  const rows = labels.length / width
  const counts = countsOf(
    scored,
    Int32Array.from({ length: rows }, (_, row) => row),
  )
  const column = (of: ArrayLike<number>, label: number) =>
    Float64Array.from({ length: rows }, (_, row) => of[row * width + label]!)
  return {
    rows,
    metrics: Object.entries(metrics).map(([name, { estimate, lower, upper }]) => ({
      name,
      value: estimate,
      lower,
      upper,
      baseline: baseline[name]?.estimate ?? null,
    })),
    classes: names.map((name, label) => {
      const { positives, predicted, truePositives } = counts[label]!
      const auc = rocAuc(column(labels, label), column(probabilities, label))
      return {
        name,
        rows: positives,
        answered: predicted,
        precision: predicted === 0 ? null : truePositives / predicted,
        recall: positives === 0 ? null : truePositives / positives,
        f1: positives + predicted === 0 ? null : f1Of(counts[label]!),
        auc: Number.isNaN(auc) ? null : auc,
        calibrationError: calibrationError(calibration(column(labels, label), column(probabilities, label))),
      }
    }),
    confusions: [],
    calibration: calibrationTable(Float64Array.from(labels), probabilities),
  }
}

interface Counts {
  readonly positives: number
  readonly predicted: number
  readonly truePositives: number
}

function countsOf({ labels, probabilities, thresholds }: ScoredLabelSets, rows: Int32Array): Counts[] {
  const width = thresholds.length
  return thresholds.map((threshold, label) => {
    let [positives, predicted, truePositives] = [0, 0, 0]
    for (const row of rows) {
      const at = row * width + label
      const isPredicted = probabilities[at]! >= threshold
      positives += labels[at]!
      if (isPredicted) predicted++
      if (isPredicted) truePositives += labels[at]!
    }
    return { positives, predicted, truePositives }
  })
}

function sumOf(all: readonly Counts[]): Counts {
  return all.reduce((sum, one) => ({
    positives: sum.positives + one.positives,
    predicted: sum.predicted + one.predicted,
    truePositives: sum.truePositives + one.truePositives,
  }))
}

function f1Of({ positives, predicted, truePositives }: Counts): number {
  return positives + predicted === 0 ? 0 : (2 * truePositives) / (positives + predicted)
}

function isExact({ labels, probabilities, thresholds }: ScoredLabelSets, row: number): boolean {
  const from = row * thresholds.length
  return thresholds.every(
    (threshold, label) => probabilities[from + label]! >= threshold === (labels[from + label] === 1),
  )
}
