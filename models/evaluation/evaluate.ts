import { metricsOf } from './metrics.ts'
import { calibrationTable, estimateTable } from './calibration-table.ts'
import { precisionRecallCurve, rocCurve } from './curves.ts'
import type { Evaluation } from './evaluation.ts'
import { groupReport, type GroupedRows } from './group-report.ts'
import { liftByPart } from './lift.ts'
import { metricIntervals, type ResamplingOptions } from './metric-intervals.ts'
import { residualQuantiles } from './residuals.ts'

export interface EvaluationOptions extends ResamplingOptions {
  /** Constant prediction of the baseline: the mean label of the training rows. */
  readonly baselineScore: number
  /** Protected attributes of the rows. */
  readonly groups?: readonly GroupedRows[] | undefined
  /**
   * Rows with at least this score are selected in group reports. Defaults to 0.5 for classes, and to none for
   * estimates.
   */
  readonly threshold?: number | undefined
}

/**
 * Evaluates the scores of rows that the model was not trained on. Scores and labels are in the same order. Throws if
 * there are none, or if one is not finite.
 */
export function evaluate(
  kind: 'classification' | 'regression',
  labels: Float64Array,
  scores: Float64Array,
  { baselineScore, groups = [], threshold, seed, draws = 200, confidence = 0.95, clusters }: EvaluationOptions,
): Evaluation {
  check(labels, scores)
  const baseline = metricsOf(kind, labels, new Float64Array(labels.length).fill(baselineScore))
  const intervals = metricIntervals(kind, labels, scores, { seed, draws, confidence, clusters })
  const metrics = Object.entries(intervals).map(([name, { estimate, lower, upper }]) => ({
    name,
    value: estimate,
    lower,
    upper,
    baseline: baseline[name] ?? null,
  }))
  const selectFrom = threshold ?? (kind === 'classification' ? 0.5 : null)
  const common = {
    rows: labels.length,
    meanLabel: labels.reduce((sum, label) => sum + label, 0) / labels.length,
    baselineScore,
    draws,
    confidence,
    metrics,
    groups: groups.map((grouped) => groupReport(kind, grouped, labels, scores, selectFrom)),
  }
  return kind === 'classification'
    ? {
        kind,
        ...common,
        roc: rocCurve(labels, scores),
        precisionRecall: precisionRecallCurve(labels, scores),
        lift: liftByPart(labels, scores),
        calibration: calibrationTable(labels, scores),
      }
    : { kind, ...common, residuals: residualQuantiles(labels, scores), estimates: estimateTable(labels, scores) }
}

function check(labels: Float64Array, scores: Float64Array): void {
  if (labels.length === 0)
    throw new Error('There are no rows to evaluate on: keep some that the model is not trained on.')
  if (labels.length !== scores.length)
    throw new Error(`There are ${labels.length} labels and ${scores.length} scores: one of each belongs to every row.`)
  const wrong = scores.findIndex((score, row) => !Number.isFinite(score) || !Number.isFinite(labels[row]))
  if (wrong !== -1)
    throw new Error(`Row ${wrong} can't be evaluated: its score is ${scores[wrong]}, its label ${labels[wrong]}.`)
}
