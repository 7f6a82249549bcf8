import type { CalibrationRow } from './calibration-table.ts'
import type { PrecisionRecallPoint, RocPoint } from './curves.ts'
import type { GroupReport } from './group-report.ts'
import type { LiftPart } from './lift.ts'
import type { ResidualQuantile } from './residuals.ts'

/** A number with its interval, and the same of the baseline. */
export interface EvaluatedMetric {
  /** As `metricsOf` names it. */
  readonly name: string
  readonly value: number
  readonly lower: number
  readonly upper: number
  /** `null` where it is not defined for the baseline. */
  readonly baseline: number | null
}

interface EvaluationOfAnyKind {
  readonly rows: number
  /** Of the rows that were evaluated. */
  readonly meanLabel: number
  /** What the baseline always says: the mean label of the training rows. */
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
  /** By tenths of the estimates. */
  readonly estimates: readonly CalibrationRow[]
}

/** What a model is worth on rows that it was not trained on: plain JSON, without NaN. */
export type Evaluation = ClassificationEvaluation | RegressionEvaluation
