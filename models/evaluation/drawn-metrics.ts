import { rankRows, type RankedRows } from './ranked-rows.ts'

/** Returns the metrics of `metricsOf`, NaN included, over rows of which each counts `times[row]` times. */
export type DrawnMetrics = (times: Uint32Array) => Readonly<Record<string, number>>

/**
 * Prepares the metrics of resampled rows. Sorts once for all draws, with the same results as measuring the drawn rows.
 */
export function drawnClassificationMetrics(labels: Float64Array, scores: Float64Array): DrawnMetrics {
  const ranked = rankRows(labels, scores)
  const logLosses = ranked.scores.map((score, place) => {
    const probability = Math.min(Math.max(score, 1e-15), 1 - 1e-15)
    return -Math.log(ranked.labels[place] === 1 ? probability : 1 - probability)
  })
  const squares = ranked.scores.map((score, place) => (ranked.labels[place]! - score) ** 2)
  const hits = ranked.scores.map((score, place) => (score >= 0.5 === (ranked.labels[place] === 1) ? 1 : 0))
  const drawn = new Float64Array(ranked.count)
  return (times) => {
    let rows = 0
    let positives = 0
    let logLoss = 0
    let square = 0
    let hit = 0
    for (let place = 0; place < ranked.count; place++) {
      const often = times[ranked.order[place]!]!
      drawn[place] = often
      rows += often
      positives += often * ranked.labels[place]!
      logLoss += often * logLosses[place]!
      square += often * squares[place]!
      hit += often * hits[place]!
    }
    return {
      ...rankMetrics(ranked, drawn, positives, rows - positives),
      logLoss: logLoss / rows,
      brier: square / rows,
      accuracy: hit / rows,
      calibrationError: drawnCalibrationError(ranked, drawn, rows),
    }
  }
}

export function drawnRegressionMetrics(labels: Float64Array, estimates: Float64Array): DrawnMetrics {
  const squares = labels.map((label, row) => (label - estimates[row]!) ** 2)
  const distances = labels.map((label, row) => Math.abs(label - estimates[row]!))
  const meanOf = (values: Float64Array, times: Uint32Array, rows: number) => {
    let sum = 0
    for (let row = 0; row < values.length; row++) sum += times[row]! * values[row]!
    return sum / rows
  }
  return (times) => {
    const rows = times.reduce((sum, often) => sum + often, 0)
    const centre = meanOf(labels, times, rows)
    let variance = 0
    for (let row = 0; row < labels.length; row++) variance += (times[row]! * (labels[row]! - centre) ** 2) / rows
    const square = meanOf(squares, times, rows)
    return {
      rmse: Math.sqrt(square),
      mae: meanOf(distances, times, rows),
      rSquared: variance === 0 ? Number.NaN : 1 - square / variance,
    }
  }
}

function rankMetrics(
  { count, labels, ends }: RankedRows,
  drawn: Float64Array,
  positivesAll: number,
  negativesAll: number,
) {
  let positives = 0
  let negatives = 0
  let positivesBefore = 0
  let negativesBefore = 0
  let area = 0
  let precisions = 0
  let distance = 0
  for (let place = 0; place < count; place++) {
    if (labels[place] === 1) positives += drawn[place]!
    else negatives += drawn[place]!
    if (ends[place] === 0 || positives + negatives === positivesBefore + negativesBefore) continue
    area += ((negatives - negativesBefore) * (positives + positivesBefore)) / 2
    precisions += ((positives - positivesBefore) * positives) / (positives + negatives)
    distance = Math.max(distance, Math.abs(positives / positivesAll - negatives / negativesAll))
    positivesBefore = positives
    negativesBefore = negatives
  }
  const twoClasses = positivesAll > 0 && negativesAll > 0
  return {
    auc: twoClasses ? area / (positivesAll * negativesAll) : Number.NaN,
    averagePrecision: positivesAll > 0 ? precisions / positivesAll : Number.NaN,
    kolmogorovSmirnov: twoClasses ? distance : Number.NaN,
  }
}

/**
 * Returns `calibrationError(calibration(…))` of the drawn rows. Goes through the scores in ascending order and ends a
 * bin with the first run of equal scores that fills it.
 */
function drawnCalibrationError(
  { count, labels, scores, ends }: RankedRows,
  drawn: Float64Array,
  rows: number,
  bins = 10,
): number {
  const endOf = (bin: number) => Math.round((bin * rows) / bins)
  let bin = 1
  let seen = 0
  let promised = 0
  let came = 0
  let error = 0
  for (let place = count - 1; place >= 0; place--) {
    seen += drawn[place]!
    promised += drawn[place]! * scores[place]!
    came += drawn[place]! * labels[place]!
    if (place > 0 && ends[place - 1] === 0) continue
    while (bin < bins && endOf(bin) === 0) bin++
    if (seen < endOf(bin)) continue
    error += Math.abs(promised - came)
    promised = 0
    came = 0
    while (bin < bins && endOf(bin) <= seen) bin++
  }
  return error / rows
}
