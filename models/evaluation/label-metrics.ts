import { bootstrapInterval, type BootstrapOptions, type Interval } from './bootstrap.ts'
import { averagePrecision, logLoss, rocAuc } from './metrics.ts'

/** Several labels per row and a model's scores of them, row by row. NaN is an unknown label. */
export interface LabelScores {
  readonly outputs: number
  readonly labels: Float64Array
  readonly scores: Float64Array
}

/** Returns the mean log loss in nats over the known labels; NaN if there are none. */
export function labelLogLoss({ labels, scores }: LabelScores): number {
  const known = knownOnly(labels, scores)
  return known.labels.length === 0 ? Number.NaN : logLoss(known.labels, known.scores)
}

/**
 * Returns the share of rows with a positive among the `k` known labels with the highest scores. Only rows with a
 * positive and more than `k` known labels count, because others can't be ranked. NaN if there are none.
 */
export function hitRate({ outputs, labels, scores }: LabelScores, k: number): number {
  let [hits, rows] = [0, 0]
  for (let start = 0; start < labels.length; start += outputs) {
    const hit = isHit(labels, scores, start, outputs, k)
    if (hit === undefined) continue
    rows++
    if (hit) hits++
  }
  return rows === 0 ? Number.NaN : hits / rows
}

/**
 * Returns the metrics that a multi-label model is registered with, without undefined ones. `auc` and `averagePrecision`
 * are means over the labels.
 */
export function labelMetrics(of: LabelScores): Readonly<Record<string, number>> {
  const columns = Array.from({ length: of.outputs }, (_, output) => columnOf(of, output))
  const all: Record<string, number> = {
    logLoss: labelLogLoss(of),
    auc: meanDefined(columns.map(({ labels, scores }) => rocAuc(labels, scores))),
    averagePrecision: meanDefined(columns.map(({ labels, scores }) => averagePrecision(labels, scores))),
    hitRateAt1: hitRate(of, 1),
    hitRateAt2: hitRate(of, 2),
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => !Number.isNaN(value)))
}

/** Returns the known labels of one output with their scores. */
export function columnOf(
  { outputs, labels, scores }: LabelScores,
  output: number,
): { readonly labels: Float64Array; readonly scores: Float64Array } {
  const pick = (from: Float64Array) =>
    Float64Array.from({ length: from.length / outputs }, (_, row) => from[row * outputs + output]!)
  return knownOnly(pick(labels), pick(scores))
}

/**
 * Returns the interval of one model's log loss minus another's. Resamples rows, because the labels of a row are
 * dependent.
 */
export function labelLossDifference(
  { outputs, labels, scores }: LabelScores,
  others: Float64Array,
  options: BootstrapOptions,
): Interval {
  const count = labels.length / outputs
  const [differences, known] = [new Float64Array(count), new Float64Array(count)]
  for (let index = 0; index < labels.length; index++) {
    const label = labels[index]!
    if (Number.isNaN(label)) continue
    const row = Math.floor(index / outputs)
    differences[row]! += loss(label, scores[index]!) - loss(label, others[index]!)
    known[row]!++
  }
  return bootstrapInterval(
    count,
    (rows) => {
      let [difference, labelled] = [0, 0]
      for (const row of rows) {
        difference += differences[row]!
        labelled += known[row]!
      }
      return difference / labelled
    },
    options,
  )
}

/**
 * Returns the share of ones among the known labels of each output, with half a row added per class: the prediction by
 * popularity alone.
 */
export function popularity(labels: Float64Array, outputs: number): Float64Array {
  return Float64Array.from({ length: outputs }, (_, output) => {
    let [ones, known] = [0.5, 1]
    for (let index = output; index < labels.length; index += outputs) {
      if (Number.isNaN(labels[index])) continue
      ones += labels[index]!
      known++
    }
    return ones / known
  })
}

function isHit(
  labels: Float64Array,
  scores: Float64Array,
  start: number,
  outputs: number,
  k: number,
): boolean | undefined {
  const indices: number[] = []
  let ones = 0
  for (let index = start; index < start + outputs; index++) {
    if (Number.isNaN(labels[index])) continue
    indices.push(index)
    ones += labels[index]!
  }
  if (ones === 0 || indices.length <= k) return undefined
  indices.sort((one, other) => scores[other]! - scores[one]! || one - other)
  return indices.slice(0, k).some((index) => labels[index] === 1)
}

function knownOnly(labels: Float64Array, scores: Float64Array) {
  return {
    labels: labels.filter((label) => !Number.isNaN(label)),
    scores: scores.filter((_, i) => !Number.isNaN(labels[i])),
  }
}

function loss(label: number, score: number): number {
  const probability = Math.min(Math.max(score, 1e-15), 1 - 1e-15)
  return -Math.log(label === 1 ? probability : 1 - probability)
}

function meanDefined(values: readonly number[]): number {
  const defined = values.filter((value) => !Number.isNaN(value))
  return defined.reduce((sum, value) => sum + value, 0) / defined.length
}
