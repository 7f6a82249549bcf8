import { rankRows, type RankedRows } from './ranked-rows.ts'

/** Returns the metrics of `metricsOf`, NaN included, over rows of which each counts `times[row]` times. */
export type ResampledMetrics = (times: Uint32Array) => Readonly<Record<string, number>>

/**
 * Prepares the metrics of resampled rows. Sorts once for all draws, with the same results as measuring the drawn rows.
 */
export function resampledClassificationMetrics(labels: Float64Array, scores: Float64Array): ResampledMetrics {
  const ranked = rankRows(labels, scores)
  const logLosses = ranked.scores.map((score, rank) => {
    const probability = Math.min(Math.max(score, 1e-15), 1 - 1e-15)
    return -Math.log(ranked.labels[rank] === 1 ? probability : 1 - probability)
  })
  const squares = ranked.scores.map((score, rank) => (ranked.labels[rank]! - score) ** 2)
  const hits = ranked.scores.map((score, rank) => (score >= 0.5 === (ranked.labels[rank] === 1) ? 1 : 0))
  const repeatsByRank = new Float64Array(ranked.count)
  return (times) => {
    let rows = 0
    let positives = 0
    let logLoss = 0
    let square = 0
    let hit = 0
    for (let rank = 0; rank < ranked.count; rank++) {
      const repeats = times[ranked.order[rank]!]!
      repeatsByRank[rank] = repeats
      rows += repeats
      positives += repeats * ranked.labels[rank]!
      logLoss += repeats * logLosses[rank]!
      square += repeats * squares[rank]!
      hit += repeats * hits[rank]!
    }
    return {
      ...rankMetrics(ranked, repeatsByRank, positives, rows - positives),
      logLoss: logLoss / rows,
      brier: square / rows,
      accuracy: hit / rows,
      calibrationError: resampledCalibrationError(ranked, repeatsByRank, rows),
    }
  }
}

export function resampledRegressionMetrics(labels: Float64Array, estimates: Float64Array): ResampledMetrics {
  const squares = labels.map((label, row) => (label - estimates[row]!) ** 2)
  const distances = labels.map((label, row) => Math.abs(label - estimates[row]!))
  const meanOf = (values: Float64Array, times: Uint32Array, rows: number) => {
    let sum = 0
    for (let row = 0; row < values.length; row++) sum += times[row]! * values[row]!
    return sum / rows
  }
  return (times) => {
    const rows = times.reduce((sum, repeats) => sum + repeats, 0)
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
  repeatsByRank: Float64Array,
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
  for (let rank = 0; rank < count; rank++) {
    if (labels[rank] === 1) positives += repeatsByRank[rank]!
    else negatives += repeatsByRank[rank]!
    if (ends[rank] === 0 || positives + negatives === positivesBefore + negativesBefore) continue
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
function resampledCalibrationError(
  { count, labels, scores, ends }: RankedRows,
  repeatsByRank: Float64Array,
  rows: number,
  bins = 10,
): number {
  const endOf = (bin: number) => Math.round((bin * rows) / bins)
  let bin = 1
  let seen = 0
  let predicted = 0
  let observed = 0
  let error = 0
  for (let rank = count - 1; rank >= 0; rank--) {
    seen += repeatsByRank[rank]!
    predicted += repeatsByRank[rank]! * scores[rank]!
    observed += repeatsByRank[rank]! * labels[rank]!
    if (rank > 0 && ends[rank - 1] === 0) continue
    while (bin < bins && endOf(bin) === 0) bin++
    if (seen < endOf(bin)) continue
    error += Math.abs(predicted - observed)
    predicted = 0
    observed = 0
    while (bin < bins && endOf(bin) <= seen) bin++
  }
  return error / rows
}
