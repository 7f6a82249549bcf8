import type { DescribedFeatures } from '../../features/feature-set.ts'
import type { Calibrator } from '../../models/evaluation/calibration.ts'
import type { Database } from '../../store/database.ts'
import {
  countTrainingLabelsSince,
  streamTrainingRows,
  trainingLabelsSeen,
  type ServedRow,
} from '../../store/models/labelled-rows.ts'
import type { LabelsSeen, StoredTraining } from '../../store/models/trainings.ts'
import { capShares } from './cap-shares.ts'
import { holdOutlyingLabels, labelTrustOf, type LabelTrust } from './screen-labels.ts'
import { createRowSample, ROWS_MAX, type Sampling } from './row-sample.ts'

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
  /** Source of the labelled rows; if not given, those that `label-join` published. */
  readonly labels?: LabelSource
  /** Default calibration of its models. */
  readonly calibrate?: Calibrator['method']
}

/** Source of a task's labelled rows. */
export interface LabelSource {
  /** Yields the rows in time order. */
  rows(database: Database): AsyncIterable<TrainingRow>
  seen(database: Database): Promise<LabelsSeen>
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

/** The rows of a training in time order, and how they were sampled. */
export interface TrainingRows {
  readonly rows: readonly TrainingRow[]
  readonly sampling: Sampling
  /** Whose labels were used; `undefined` for a task with its own source of labels. */
  readonly trust?: LabelTrust & {
    /** Labels that this training put on hold. */
    readonly held: number
    /** Labels removed because their source or reviewer had more than its share. */
    readonly capped: number
  }
}

/**
 * Reads the rows that a model of the task can be trained on now, at most `rowsMax`. Labels with an outlying mean are held
 * first; no source or reviewer has more than its share.
 */
export async function trainingRows(
  { task, features, labels }: LearnableTask,
  database: Database,
  rowsMax = ROWS_MAX,
): Promise<TrainingRows> {
  if (labels !== undefined) return sampled(labels.rows(database), rowsMax)
  const trust = await labelTrustOf(database, task)
  const held = await holdOutlyingLabels(database, task, features.id, trust)
  const { rows, sampling } = await sampled(streamTrainingRows(database, task, features.id, trust), rowsMax)
  const kept = capShares(rows, trust)
  return { rows: kept, sampling, trust: { ...trust, held, capped: rows.length - kept.length } }
}

/** Collects a sample of the rows, which are in time order. */
export async function sampled(stream: AsyncIterable<TrainingRow>, rowsMax: number) {
  // The labels of a served row are kept together.
  const sample = createRowSample<TrainingRow>(rowsMax, ({ customerId, at }) => `${customerId}/${at}`)
  for await (const row of stream) sample.add(row)
  return sample.finish()
}

/** Returns the labels that a training of the task could learn from now. */
export function labelsSeen({ task, labels }: LearnableTask, database: Database): Promise<LabelsSeen> {
  return labels === undefined ? trainingLabelsSeen(database, task) : labels.seen(database)
}

/**
 * Returns how many labels are new since a training: those that became known later, which includes corrections, or those
 * that have been added, which includes late ones; whichever is more.
 */
export async function countNewLabels(
  { task, labels }: LearnableTask,
  database: Database,
  seen: LabelsSeen,
  last: Pick<StoredTraining, 'labels' | 'labelsKnownTo'> | undefined,
): Promise<number> {
  const since = last?.labelsKnownTo ?? new Date(0)
  const known = await (labels === undefined
    ? countTrainingLabelsSince(database, task, since)
    : labels.since(database, since))
  return Math.max(known, seen.labels - (last?.labels ?? 0))
}
