import { calibration, calibrationError, logLoss, rocAuc } from '../../models/evaluation/metrics.ts'

/** Metrics of consecutive rows; `null` if undefined. */
export interface PeriodFigures {
  /** Rows from 1, in time order. */
  readonly from: number
  readonly to: number
  /** Number of these rows with a known label. */
  readonly rows: number
  readonly labelRate: number | null
  readonly meanScore: number | null
  readonly logLoss: number | null
  readonly auc: number | null
  readonly calibrationError: number | null
}

export interface StreamFigures {
  /** Mean log loss over all rows. */
  readonly logLoss: number
  /** Mean AUC within the periods, weighted by their rows: ranking across periods does not count as skill. */
  readonly auc: number | null
  /** AUC over all rows at once. */
  readonly aucOverall: number | null
  /** Mean calibration error within the periods, weighted by their rows. */
  readonly calibrationError: number
  readonly periods: readonly PeriodFigures[]
}

/**
 * Returns the metrics of a stream. `scores` and `labels` are of the same rows, the first of which is row `first`. Rows
 * without a label don't count.
 */
export function streamFigures(
  scores: Float64Array,
  labels: Float64Array,
  first: number,
  periodRows: number,
): StreamFigures {
  const periods: PeriodFigures[] = []
  for (let from = 0; from < scores.length; from += periodRows) {
    // A short remainder belongs to the last full period.
    const to = scores.length - from < 1.5 * periodRows ? scores.length : from + periodRows
    periods.push(periodOf(scores.subarray(from, to), labels.subarray(from, to), first + from))
    if (to === scores.length) break
  }
  const all = known(scores, labels)
  return {
    logLoss: logLoss(all.labels, all.scores),
    auc: weightedMean(periods, ({ auc }) => auc),
    aucOverall: orNull(rocAuc(all.labels, all.scores)),
    calibrationError: weightedMean(periods, ({ calibrationError: error }) => error)!,
    periods,
  }
}

function periodOf(scores: Float64Array, labels: Float64Array, first: number): PeriodFigures {
  const own = known(scores, labels)
  const rows = own.labels.length
  const mean = (values: Float64Array) => (rows === 0 ? null : values.reduce((sum, value) => sum + value, 0) / rows)
  return {
    from: first + 1,
    to: first + scores.length,
    rows,
    labelRate: mean(own.labels),
    meanScore: mean(own.scores),
    logLoss: rows === 0 ? null : logLoss(own.labels, own.scores),
    auc: rows === 0 ? null : orNull(rocAuc(own.labels, own.scores)),
    calibrationError: rows === 0 ? null : calibrationError(calibration(own.labels, own.scores)),
  }
}

function known(scores: Float64Array, labels: Float64Array) {
  const rows = [...labels.keys()].filter((row) => !Number.isNaN(labels[row]))
  return {
    scores: Float64Array.from(rows, (row) => scores[row]!),
    labels: Float64Array.from(rows, (row) => labels[row]!),
  }
}

function weightedMean(periods: readonly PeriodFigures[], of: (period: PeriodFigures) => number | null): number | null {
  let [sum, rows] = [0, 0]
  for (const period of periods) {
    const value = of(period)
    if (value === null) continue
    sum += value * period.rows
    rows += period.rows
  }
  return rows === 0 ? null : sum / rows
}

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value
}
