import type { Calibrator, ClassCalibrator } from './evaluation/calibration.ts'
import type { Selections } from './evaluation/selection-report.ts'
import type { ScoringRuntimes } from './scoring-runtimes.ts'
import type { ColumnEncoding } from './table/column-encoding.ts'
import type { Ranges } from './table/training-ranges.ts'

/** Tolerance within which scores from an asynchronous runtime are reproducible. */
export const SAME_SCORE = 1e-6

/** Rows to score in one call: `count` rows of `width` numbers, row-major; NaN is a missing value. */
export interface Batch {
  readonly count: number
  readonly width: number
  readonly rows: Float32Array
  /** One per row, for models that read text. */
  readonly texts: readonly (string | null)[]
  /** Epoch ms of each line of a row's text; absent, or `null` for a row, if unknown. */
  readonly lineTimes?: readonly (readonly number[] | null)[] | undefined
}

/** A released model, as processors use it: a pure function of its artefact. */
export interface Model {
  /** SHA-256 of its artefact. */
  readonly id: string
  readonly task: string
  readonly algorithm: string
  /** `name@version` of the feature set of its rows. */
  readonly featureSet: string
  readonly featureNames: readonly string[]
  /** Names of the outputs per row, in order; most models have one. */
  readonly outputs: readonly string[]
  /** Version of the dictionary whose entries the outputs name, at training time; absent if they name none. */
  readonly dictionaryVersion?: number | undefined
  /** If absent, scores are reproducible bit for bit; otherwise within `SAME_SCORE`. */
  readonly runtime?: 'onnx' | undefined
  /** Whether it reads `texts`; false by default. */
  readonly readsText?: boolean
  /**
   * Writes the outputs of each row, probabilities or estimates, row by row. Asynchronous for models that run in a
   * worker.
   */
  score(batch: Batch, into: Float64Array): void | Promise<void>
  /** Returns an explainer of the features' contributions to an output. */
  explainer?(output?: number): Explainer
}

/** Labelled rows in time order. */
export interface Dataset extends Batch {
  readonly featureNames: readonly string[]
  /** Label of each row: 1 or 0 for two classes, an index into `classes` for more, the rate for rates. */
  readonly labels: Float64Array
  /** Class names, for more than two classes. */
  readonly classes?: readonly string[] | undefined
  /** Epoch ms at which each row was scored, non-decreasing; NaN without a time. */
  readonly times: Float64Array
  /**
   * Group of each row (customer), as a number: rows of one customer carry less information than as many of several. By
   * default every row is its own group.
   */
  readonly customers?: Int32Array | undefined
  /** Row weights, in training and in its loss; equal by default. */
  readonly weights?: Float64Array | undefined
  /** Score of each row by the method in use without a model; absent if there is none. */
  readonly formulaScores?: Float64Array | undefined
  /** 1 for rows whose labels are the reference of the promotion gate; missing if there is none. */
  readonly referenceMask?: Uint8Array | undefined
  /** How the rows' subjects were selected, where labels exist only for those that a task acted on. */
  readonly selections?: Selections | undefined
  /**
   * 1 for rows held out for model selection and early stopping, until the final fit. By default the newest rows are
   * held out.
   */
  readonly validationMask?: Uint8Array | undefined
  /**
   * Per feature: its category names, indexed by the codes in the rows, or `null` for a number. A code equal to the
   * length of the list is any other category. If absent, all features are numbers.
   */
  readonly categories?: readonly (readonly string[] | null)[] | undefined
}

/** Called after each step. `metric` is the model's quality so far, if known. */
export type TrainingProgress = (done: number, of: number, metric?: number) => void

/** The scoring side of an algorithm: a pure function of plain parameters (JSON). A stored model is data, never code. */
export interface ScoringAlgorithm<Parameters> {
  readonly name: string
  readonly kind: 'classification' | 'regression'
  readonly readsText: boolean
  /** Whether its training supports row weights; if not, it refuses weighted rows. */
  readonly weighsRows?: boolean
  /**
   * `onnx` if it scores with ONNX Runtime where available: asynchronously, and reproducibly only within `SAME_SCORE`.
   * If absent, it scores synchronously and bit for bit reproducibly.
   */
  readonly runtime?: 'onnx'
  /** Returns the number of outputs per row; 1 by default. */
  outputs?(parameters: Parameters): number
  scorer(parameters: Parameters, runtimes?: ScoringRuntimes): (batch: Batch, into: Float64Array) => void | Promise<void>
  /**
   * Returns an explainer of an output, the first by default. Absent for models whose features mean nothing to people.
   */
  explainer?(parameters: Parameters, output?: number): Explainer
  /** Returns the importance of each feature for the model as a whole, as shares of 1. */
  importance?(parameters: Parameters): readonly number[]
}

/**
 * An algorithm that trains in this process, in pure TypeScript. `seed` determines every random choice: the same data
 * and seed give the same parameters.
 */
export interface Algorithm<Parameters, Options = object> extends ScoringAlgorithm<Parameters> {
  /** Trains a model. Throws `DatasetError` for unusable data, and `Error` for invalid options. */
  train(data: Dataset, seed: number, progress?: TrainingProgress, options?: Partial<Options>): Parameters
}

/**
 * Writes each feature's contribution to a row's margin (log odds of a class, the estimate of a rate) and returns the
 * base value. The contributions and the base value add up to the margin.
 */
export type Explainer = (row: Float32Array, into: Float64Array) => number

/** Stored form of a model. Its UTF-8 JSON is the artefact, whose SHA-256 is the model's id. */
export interface Artefact {
  readonly task: string
  readonly algorithm: string
  readonly featureSet: string
  readonly featureNames: readonly string[]
  /** Indices of the features that the parameters use; all by default. */
  readonly chosen?: readonly number[] | undefined
  /** Names of the outputs; by default a single output, `score`. */
  readonly outputs?: readonly string[] | undefined
  /** Version of the dictionary whose entries the outputs name. */
  readonly dictionaryVersion?: number | undefined
  readonly parameters: unknown
  /** Calibrates the scores; absent if they need no calibration. */
  readonly calibration?: Calibrator | ClassCalibrator | undefined
  /** Encoding of a table's columns as features, for models that were trained on a table. */
  readonly table?: readonly ColumnEncoding[] | undefined
  /** Ranges of the table's columns in the training rows; absent if unknown. */
  readonly ranges?: Ranges | undefined
}
