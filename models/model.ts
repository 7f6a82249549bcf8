import type { Calibrator } from './evaluation/calibration.ts'
import type { ScoringRuntimes } from './scoring-runtimes.ts'
import type { ColumnEncoding } from './table/column-encoding.ts'
import type { Ranges } from './table/training-ranges.ts'

/** Scores of a runtime that differ by less are the same. */
export const SAME_SCORE = 1e-6

/** Rows to score at once: `count` rows of `width` numbers, one after the other; NaN is a missing value. */
export interface Batch {
  readonly count: number
  readonly width: number
  readonly rows: Float32Array
  /** One a row, for models that read text. */
  readonly texts: readonly (string | null)[]
  /** When each line of a row's text was written, ms; not given, or `null` for a row: not known. */
  readonly lineTimes?: readonly (readonly number[] | null)[] | undefined
}

/** A released model as processors see it: a pure function of its artefact. */
export interface Model {
  /** The hash of its artefact. */
  readonly id: string
  readonly task: string
  readonly algorithm: string
  /** `name@version` of the features of its rows. */
  readonly featureSet: string
  readonly featureNames: readonly string[]
  /** Names of the numbers that it gives a row, in their order; most models give one. */
  readonly outputs: readonly string[]
  /** Of the dictionary whose entries the outputs name, as it was when the model learned; not there where none does. */
  readonly dictionaryVersion?: number | undefined
  /** Not given: the same row has the same scores, bit for bit; otherwise within `SAME_SCORE`. */
  readonly runtime?: 'onnx' | undefined
  /** Not given: it does not. */
  readonly readsText?: boolean
  /**
   * Writes a row's probabilities or estimates, one an output, row by row. May be asynchronous, for models that run in a
   * worker.
   */
  score(batch: Batch, into: Float64Array): void | Promise<void>
  /** What each feature contributes to an output of a row. */
  explainer?(output?: number): Explainer
}

/** Rows with their labels, in order of time. */
export interface Dataset extends Batch {
  readonly featureNames: readonly string[]
  /** 1 or 0 for two classes, the place among `classes` for more, the rate for rates; one a row. */
  readonly labels: Float64Array
  /** Names of several classes. */
  readonly classes?: readonly string[] | undefined
  /** When each row was scored, ms; non-decreasing. NaN where there is no time. */
  readonly times: Float64Array
  /**
   * Group of each row (customer), by a number; rows of one customer carry less information than as many of several.
   * Not given: every row is its own group.
   */
  readonly customers?: Int32Array | undefined
  /** How much each row counts, in training and in its loss; not given: all the same. */
  readonly weights?: Float64Array | undefined
  /** Score of each row by what is in use where there is no model; not given: there is nothing. */
  readonly given?: Float64Array | undefined
  /** 1 for rows that are chosen and stopped by, and not learned from until then. Not given: the newest ones are. */
  readonly held?: Uint8Array | undefined
  /**
   * One entry a feature: the names of its categories, by the code in the rows; `null` for a number. A code as large
   * as the list's length means any other category. Not given: all are numbers.
   */
  readonly categories?: readonly (readonly string[] | null)[] | undefined
}

/** Called after each step; `metric`: the model's quality so far, if known. */
export type TrainingProgress = (done: number, of: number, metric?: number) => void

/** A kind of model, as it scores: a pure function of plain parameters (JSON). A stored model is data, never code. */
export interface ScoringAlgorithm<Parameters> {
  readonly name: string
  readonly kind: 'classification' | 'regression'
  readonly readsText: boolean
  /** Its training can let rows count more than others (`weights`); not given: it refuses such rows. */
  readonly weighsRows?: boolean
  /**
   * Computed by ONNX Runtime where that is at hand: asynchronously, and the same score again only within a millionth
   * (`SAME_SCORE`). Not given: at once, and bit for bit.
   */
  readonly runtime?: 'onnx'
  /** How many numbers a row gets; not given: one. */
  outputs?(parameters: Parameters): number
  scorer(parameters: Parameters, runtimes?: ScoringRuntimes): (batch: Batch, into: Float64Array) => void | Promise<void>
  /** Not there for models whose numbers are not what people could act on. `output`: the first where none is named. */
  explainer?(parameters: Parameters, output?: number): Explainer
  /** How much each feature matters to the model as a whole, as shares of 1. */
  importance?(parameters: Parameters): readonly number[]
}

/**
 * An algorithm that trains in this process, in pure code. `seed` decides every random choice; the same data and seed
 * give the same parameters.
 */
export interface Algorithm<Parameters, Options = object> extends ScoringAlgorithm<Parameters> {
  /** Throws `DatasetError` for data that nothing can be learned from, and for options that are out of bounds. */
  train(data: Dataset, seed: number, progress?: TrainingProgress, options?: Partial<Options>): Parameters
}

/**
 * Writes what each feature of a row contributes to its margin (log-odds of a class, the estimate of a rate) and returns
 * the margin without any of them: together they are the margin.
 */
export type Explainer = (row: Float32Array, into: Float64Array) => number

/** What a model is stored as. Its UTF-8 JSON is the artefact, the SHA-256 of that the model's id. */
export interface Artefact {
  readonly task: string
  readonly algorithm: string
  readonly featureSet: string
  readonly featureNames: readonly string[]
  /** Of these features the parameters know only the ones with these places; not given: all. */
  readonly chosen?: readonly number[] | undefined
  /** Names of what the model gives a row; not given: one number, the score. */
  readonly outputs?: readonly string[] | undefined
  /** Of the dictionary whose entries the outputs name. */
  readonly dictionaryVersion?: number | undefined
  readonly parameters: unknown
  /** Makes of what the parameters score the probability that comes true; not given: it is one already. */
  readonly calibration?: Calibrator | undefined
  /** How a table's columns become the features, for models that were trained on one. */
  readonly table?: readonly ColumnEncoding[] | undefined
  /** What the columns of the table covered in the rows that the model learned from; not given: not known. */
  readonly ranges?: Ranges | undefined
}
