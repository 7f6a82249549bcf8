import type { DescribedFeatures } from '../../features/feature-set.ts'
import type { Calibrator } from '../../models/evaluation/calibration.ts'
import type { Database } from '../../store/database.ts'
import { outcomesSince, servedRows, type ServedRow } from '../../store/models/training-data.ts'

/**
 * A task that models are trained for, and its default algorithm. Tasks that give several numbers a row learn elsewhere.
 */
export interface LearnableTask {
  readonly task: string
  readonly algorithm: string
  readonly features: DescribedFeatures
  /**
   * Its models give a probability for each of several things, and outcomes name the thing: entries of the dictionary,
   * or any other ids.
   */
  readonly multiLabel?: 'dictionary' | 'outcomes'
  /** Not given: `outcomes`, with the rows that were served. */
  readonly labels?: LabelSource
  /** Calibration of its models where none is asked for. */
  readonly calibrate?: Calibrator['method']
}

/** Where the labelled rows of a task come from. */
export interface LabelSource {
  rows(database: Database): Promise<TrainingRow[]>
  /** How many labels became known after that time. */
  since(database: Database, since: Date): Promise<number>
}

/** A labelled row, and how much it counts. */
export interface TrainingRow extends ServedRow {
  /** Not given: as much as any other. */
  readonly weight?: number
  /** Its score by what is in use where there is no model. */
  readonly given?: number
}

/** The rows that a model of the task can be trained on now, in order of time. */
export function labelledRowsOf({ task, features, labels }: LearnableTask, database: Database): Promise<TrainingRow[]> {
  return labels === undefined ? servedRows(database, task, features.id) : labels.rows(database)
}

/** How many labels of the task became known after that time. */
export function labelsSince({ task, labels }: LearnableTask, database: Database, since: Date): Promise<number> {
  return labels === undefined ? outcomesSince(database, task, since) : labels.since(database, since)
}
