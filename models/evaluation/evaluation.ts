import type { CalibrationRow } from './calibration-table.ts'
import type { PrecisionRecallPoint, RocPoint } from './curves.ts'
import type { GroupReport } from './group-report.ts'
import type { LiftPart } from './lift.ts'
import type { ResidualQuantile } from './residuals.ts'

/** A metric with its interval, and its value for the baseline. */
export interface EvaluatedMetric {
  /** Name in `metricsOf`. */
  readonly name: string
  readonly value: number
  readonly lower: number
  readonly upper: number
  /** `null` if it is undefined for the baseline. */
  readonly baseline: number | null
}

interface EvaluationOfAnyKind {
  readonly rows: number
  /** Mean label of the evaluated rows. */
  readonly meanLabel: number
  /** Constant prediction of the baseline: the mean label of the training rows. */
  readonly baselineScore: number
  readonly draws: number
  readonly confidence: number
  readonly metrics: readonly EvaluatedMetric[]
  readonly groups: readonly GroupReport[]
}

export interface ClassificationEvaluation extends EvaluationOfAnyKind {
  readonly kind: 'classification'
  readonly roc: readonly RocPoint[]
  readonly precisionRecall: readonly PrecisionRecallPoint[]
  readonly lift: readonly LiftPart[]
  readonly calibration: readonly CalibrationRow[]
}

export interface RegressionEvaluation extends EvaluationOfAnyKind {
  readonly kind: 'regression'
  readonly residuals: readonly ResidualQuantile[]
  /** Calibration by deciles of the estimates. */
  readonly estimates: readonly CalibrationRow[]
}

/** Evaluation of a model on rows that it was not trained on: plain JSON, without NaN. */
export type Evaluation = ClassificationEvaluation | RegressionEvaluation
