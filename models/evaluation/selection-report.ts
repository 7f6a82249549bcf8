import { bootstrapInterval, type Interval } from './bootstrap.ts'
import { clustersOf } from './clusters.ts'
import { lossesOf } from './losses.ts'

/** For each row: with which probability the task acted on its subject (NaN: unknown), and whether it did. */
export interface Selections {
  readonly propensities: Float64Array
  readonly actedMask: Uint8Array
}

/** A quantity over the rows that were acted on, and the same weighted to stand for all that could have been. */
export interface WeighedMetric {
  readonly unweighted: Interval
  readonly weighted: Interval
}

/** What labels that exist only where a task acted say about all its subjects. */
export interface SelectionReport {
  readonly rows: number
  /** Rows whose propensity is unknown; left out. */
  readonly unknown: number
  /** Rows that could not be acted on: propensity 0. They stay unrepresented, whatever the weights. */
  readonly unreachable: number
  /** Rows that could have been acted on but were not, and yet have a label; left out. */
  readonly notActed: number
  /** Rows that count, and how many of them chance selected. */
  readonly weighed: number
  readonly explored: number
  /** Largest weight that a row may have, and the number of rows whose weight was cut to it. */
  readonly weightMax: number
  readonly clipped: number
  /** Effective sample size, (Σw)² ÷ Σw² (Kish 1965): as many equally weighted rows say as much. */
  readonly effectiveRows: number
  /** Log loss and Brier score, or squared and absolute error; mean label, and mean score minus it (`bias`). */
  readonly metrics: Readonly<Record<string, WeighedMetric>>
  /** Loss of the model minus that of the one that it is compared with. */
  readonly difference: WeighedMetric
}

/** A row counts at most as much as this many: a few rows must not decide (truncation: Ionides 2008). */
const WEIGHT_MAX = 100

export interface EvaluatedSelection extends Selections {
  readonly labels: Float64Array
  /** The model’s scores, and those of the model that it is compared with. */
  readonly scores: Float64Array
  readonly others: Float64Array
  /** Group of each row, resampled together; by default each row by itself. */
  readonly customers?: Int32Array | undefined
}

/**
 * Weighs rows by the reciprocal of their propensity, divided by the sum of the weights (Hájek 1971; for evaluating on
 * selected labels: Swaminathan and Joachims 2015). Returns `undefined` if no row was acted on with a known propensity.
 */
export function selectionReport(
  kind: 'classification' | 'regression',
  { labels, scores, others, propensities, actedMask, customers }: EvaluatedSelection,
  { seed, confidence }: { readonly seed: number; readonly confidence: number },
): SelectionReport | undefined {
  const all = Array.from(labels.keys())
  const known = all.filter((row) => !Number.isNaN(propensities[row]!))
  const reachable = known.filter((row) => propensities[row]! > 0)
  const weighed = reachable.filter((row) => actedMask[row] === 1)
  if (weighed.length === 0) return undefined
  const picked = (from: Float64Array) => Float64Array.from(weighed, (row) => from[row]!)
  const reciprocals = picked(propensities).map((propensity) => 1 / propensity)
  const weights = reciprocals.map((weight) => Math.min(weight, WEIGHT_MAX))
  const clusters = customers && clustersOf(weighed.map((row) => customers[row]!))
  const measure = (values: Float64Array): WeighedMetric => {
    const interval = (by: (place: number) => number) =>
      bootstrapInterval(values.length, (rows) => weightedMean(values, by, rows), { seed, confidence, clusters })
    return { unweighted: interval(() => 1), weighted: interval((place) => weights[place]!) }
  }
  const chosen = { labels: picked(labels), scores: picked(scores), others: picked(others) }
  const otherLosses = lossesOf(kind, chosen.labels, chosen.others)
  return {
    rows: all.length,
    unknown: all.length - known.length,
    unreachable: known.length - reachable.length,
    notActed: reachable.length - weighed.length,
    weighed: weighed.length,
    explored: weights.filter((weight) => weight > 1).length,
    weightMax: WEIGHT_MAX,
    clipped: reciprocals.filter((weight) => weight > WEIGHT_MAX).length,
    effectiveRows: weights.reduce(add) ** 2 / weights.map((weight) => weight ** 2).reduce(add),
    metrics: mapped(rowMetrics(kind, chosen), measure),
    difference: measure(lossesOf(kind, chosen.labels, chosen.scores).map((loss, row) => loss - otherLosses[row]!)),
  }
}

function rowMetrics(
  kind: 'classification' | 'regression',
  { labels, scores }: { readonly labels: Float64Array; readonly scores: Float64Array },
): Readonly<Record<string, Float64Array>> {
  const errors = labels.map((label, row) => scores[row]! - label)
  const squares = errors.map((error) => error ** 2)
  const losses =
    kind === 'classification'
      ? { logLoss: lossesOf(kind, labels, scores), brier: squares }
      : { squaredError: squares, absoluteError: errors.map(Math.abs) }
  return { ...losses, meanLabel: labels, bias: errors }
}

function weightedMean(values: Float64Array, weightOf: (place: number) => number, rows: Int32Array): number {
  let [sum, total] = [0, 0]
  for (const row of rows) {
    const weight = weightOf(row)
    sum += weight * values[row]!
    total += weight
  }
  return sum / total
}

function mapped<From, To>(record: Readonly<Record<string, From>>, to: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, to(value)]))
}

const add = (sum: number, value: number): number => sum + value
