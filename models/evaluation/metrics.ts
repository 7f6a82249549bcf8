/**
 * Metrics of a model's scores. Scores and labels are in the same order; labels of classes are 1 or 0. NaN where a
 * metric is undefined.
 */

/** Returns row indices by score, best first; ties in row order. */
function byScore(scores: Float64Array): Int32Array {
  return Int32Array.from({ length: scores.length }, (_, i) => i).sort((a, b) => scores[b]! - scores[a]! || a - b)
}

/**
 * Calls `step` for each distinct score, best first, with the number of rows of each class that score at least as high.
 */
function overThresholds(
  labels: Float64Array,
  scores: Float64Array,
  step: (positives: number, negatives: number) => void,
): void {
  const order = byScore(scores)
  let positives = 0
  let negatives = 0
  for (let i = 0; i < order.length; i++) {
    if (labels[order[i]!] === 1) positives++
    else negatives++
    if (i + 1 === order.length || scores[order[i + 1]!] !== scores[order[i]!]) step(positives, negatives)
  }
}

function countOf(labels: Float64Array): { readonly positives: number; readonly negatives: number } {
  const positives = labels.reduce((sum, label) => sum + label, 0)
  return { positives, negatives: labels.length - positives }
}

/** Returns the area under the ROC curve: the probability that a positive scores above a negative; ties count half. */
export function rocAuc(labels: Float64Array, scores: Float64Array): number {
  const all = countOf(labels)
  let area = 0
  let positivesBefore = 0
  let negativesBefore = 0
  overThresholds(labels, scores, (positives, negatives) => {
    area += ((negatives - negativesBefore) * (positives + positivesBefore)) / 2
    positivesBefore = positives
    negativesBefore = negatives
  })
  return all.positives === 0 || all.negatives === 0 ? Number.NaN : area / (all.positives * all.negatives)
}

/** Returns the area under the precision-recall curve as average precision: Σ (recallₙ − recallₙ₋₁)·precisionₙ. */
export function averagePrecision(labels: Float64Array, scores: Float64Array): number {
  const all = countOf(labels)
  let area = 0
  let before = 0
  overThresholds(labels, scores, (positives, negatives) => {
    area += ((positives - before) / all.positives) * (positives / (positives + negatives))
    before = positives
  })
  return all.positives === 0 ? Number.NaN : area
}

/** Returns the Kolmogorov–Smirnov statistic: the largest distance between the score distributions of the classes. */
export function kolmogorovSmirnov(labels: Float64Array, scores: Float64Array): number {
  const all = countOf(labels)
  let most = 0
  overThresholds(labels, scores, (positives, negatives) => {
    most = Math.max(most, Math.abs(positives / all.positives - negatives / all.negatives))
  })
  return all.positives === 0 || all.negatives === 0 ? Number.NaN : most
}

/** Returns the mean log loss in nats. Probabilities are clipped to at least 1e-15 from 0 and 1. */
export function logLoss(labels: Float64Array, probabilities: Float64Array): number {
  return mean(labels, (label, i) => {
    const probability = Math.min(Math.max(probabilities[i]!, 1e-15), 1 - 1e-15)
    return -Math.log(label === 1 ? probability : 1 - probability)
  })
}

/** Returns the Brier score: the mean squared difference between probability and label. */
export function brierScore(labels: Float64Array, probabilities: Float64Array): number {
  return mean(labels, (label, i) => (label - probabilities[i]!) ** 2)
}

/** Returns the share of rows on the right side of the threshold; a score that equals it counts as positive. */
export function accuracy(labels: Float64Array, scores: Float64Array, threshold = 0.5): number {
  return mean(labels, (label, i) => (scores[i]! >= threshold === (label === 1) ? 1 : 0))
}

export function rootMeanSquaredError(labels: Float64Array, estimates: Float64Array): number {
  return Math.sqrt(mean(labels, (label, i) => (label - estimates[i]!) ** 2))
}

export function meanAbsoluteError(labels: Float64Array, estimates: Float64Array): number {
  return mean(labels, (label, i) => Math.abs(label - estimates[i]!))
}

/**
 * Returns R²: the share of the labels' variance that the estimates explain, negative if they are worse than the mean.
 */
export function rSquared(labels: Float64Array, estimates: Float64Array): number {
  const centre = mean(labels, (label) => label)
  const variance = mean(labels, (label) => (label - centre) ** 2)
  return variance === 0 ? Number.NaN : 1 - mean(labels, (label, i) => (label - estimates[i]!) ** 2) / variance
}

export interface CalibrationBin {
  readonly count: number
  readonly meanScore: number
  readonly meanLabel: number
}

/**
 * Divides rows in order of score into bins of equal size, ties kept together, and returns the mean score and mean label
 * of each.
 */
export function calibration(labels: Float64Array, scores: Float64Array, binCount = 10): readonly CalibrationBin[] {
  const order = byScore(scores).reverse()
  const bins: CalibrationBin[] = []
  let from = 0
  for (let bin = 1; bin <= binCount; bin++) {
    let to = Math.round((bin * order.length) / binCount)
    while (to > 0 && to < order.length && scores[order[to]!] === scores[order[to - 1]!]) to++
    if (to <= from) continue
    const rows = order.subarray(from, to)
    bins.push({
      count: rows.length,
      meanScore: mean(rows, (row) => scores[row]!),
      meanLabel: mean(rows, (row) => labels[row]!),
    })
    from = to
  }
  return bins
}

/**
 * Returns the expected calibration error: the mean distance between mean score and mean label, weighted by the rows of
 * each bin.
 */
export function calibrationError(bins: readonly CalibrationBin[]): number {
  const rows = bins.reduce((sum, { count }) => sum + count, 0)
  return bins.reduce((sum, { count, meanScore, meanLabel }) => sum + count * Math.abs(meanScore - meanLabel), 0) / rows
}

/** Returns the metrics of a kind of model by name, as they are registered with it, without undefined ones. */
export function metricsOf(
  kind: 'classification' | 'regression',
  labels: Float64Array,
  scores: Float64Array,
): Readonly<Record<string, number>> {
  const all: Record<string, number> =
    kind === 'classification'
      ? {
          auc: rocAuc(labels, scores),
          averagePrecision: averagePrecision(labels, scores),
          kolmogorovSmirnov: kolmogorovSmirnov(labels, scores),
          logLoss: logLoss(labels, scores),
          brier: brierScore(labels, scores),
          accuracy: accuracy(labels, scores),
          calibrationError: calibrationError(calibration(labels, scores)),
        }
      : {
          rmse: rootMeanSquaredError(labels, scores),
          mae: meanAbsoluteError(labels, scores),
          rSquared: rSquared(labels, scores),
        }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => !Number.isNaN(value)))
}

function mean<T extends Float64Array | Int32Array>(values: T, of: (value: number, index: number) => number): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += of(values[i]!, i)
  return sum / values.length
}
