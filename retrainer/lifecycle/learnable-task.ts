import type { DescribedFeatures } from '../../features/feature-set.ts'
import type { Calibrator } from '../../models/evaluation/calibration.ts'
import type { Database } from '../../store/database.ts'
import { countOutcomesSince, servedRows, type ServedRow } from '../../store/models/training-data.ts'

/**
 * A task that models are trained for, and its default algorithm. The intent task, with several numbers per row, is
 * trained elsewhere.
 */
export interface LearnableTask {
  readonly task: string
  readonly algorithm: string
  readonly features: DescribedFeatures
  /**
   * Set for tasks whose models give a probability for each of several things, which outcomes name: entries of the
   * dictionary, or any other ids.
   */
  readonly multiLabel?: 'dictionary' | 'outcomes'
  /** Source of the labelled rows; if not given, outcomes joined with the served rows. */
  readonly labels?: LabelSource
  /** Default calibration of its models. */
  readonly calibrate?: Calibrator['method']
}

/** Source of a task's labelled rows. */
export interface LabelSource {
  rows(database: Database): Promise<TrainingRow[]>
  /** Returns how many labels became known after that time. */
  since(database: Database, since: Date): Promise<number>
}

/** A labelled row with its weight. */
export interface TrainingRow extends ServedRow {
  /** Weight of the row; 1 if not given. */
  readonly weight?: number
  /** Score by the rule used while there is no model. */
  readonly formulaScore?: number
}

/** Returns the rows that a model of the task can be trained on now, in time order. */
export function trainingRows({ task, features, labels }: LearnableTask, database: Database): Promise<TrainingRow[]> {
  return labels === undefined ? servedRows(database, task, features.id) : labels.rows(database)
}

/** Returns how many labels of the task became known after that time. */
export function countLabelsSince({ task, labels }: LearnableTask, database: Database, since: Date): Promise<number> {
  return labels === undefined ? countOutcomesSince(database, task, since) : labels.since(database, since)
}
