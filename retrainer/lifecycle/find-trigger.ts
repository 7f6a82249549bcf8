import type { ScoringRuntimes } from '../../models/scoring-runtimes.ts'
import type { Database } from '../../store/database.ts'
import { streamTrainingRows } from '../../store/models/labelled-rows.ts'
import { championOf } from '../../store/models/models.ts'
import { lastTraining, type TrainingTrigger } from '../../store/models/trainings.ts'
import { championDrift, driftInWords, RECENT_ROWS_MIN } from './champion-drift.ts'
import { dueTrigger, isBackingOff, type TriggerSettings } from './due-trigger.ts'
import { countNewLabels, labelsSeen, sampled, type LearnableTask } from './learnable-task.ts'
import { compatibleChampion } from './retrain.ts'
import { labelTrustOf } from './screen-labels.ts'
import { trainingSet } from './training-set.ts'

export interface FindTriggerOptions extends TriggerSettings {
  readonly database: Database
  /** Whether a drift of the champion starts a training. */
  readonly onDrift: boolean
  readonly rowsMax: number
  readonly runtimes: ScoringRuntimes
  /** Labels of each task when its champion was last tested for drift; kept between calls. */
  readonly tested: Map<string, number>
}

/** Returns why a task is to be trained now, if it is. */
export async function findTrigger(
  task: LearnableTask,
  options: FindTriggerOptions,
): Promise<TrainingTrigger | undefined> {
  const { database, onDrift, tested } = options
  const last = await lastTraining(database, task.task)
  const now = Date.now()
  if (isBackingOff(last, now)) return undefined
  const seen = await labelsSeen(task, database)
  const newLabels = await countNewLabels(task, database, seen, last)
  const due = dueTrigger(last, newLabels, now, options)
  if (due !== undefined || !onDrift || newLabels < RECENT_ROWS_MIN) return due
  // A test costs a pass over the rows, and without more labels it finds nothing else.
  if (seen.labels - (tested.get(task.task) ?? 0) < RECENT_ROWS_MIN) return undefined
  tested.set(task.task, seen.labels)
  const drift = await driftOf(task, options)
  return drift === undefined ? undefined : { kind: 'drift', why: drift, by: null }
}

/** Tests the champion of a task whose labels are single numbers; its own newest rows are the reference. */
async function driftOf(
  task: LearnableTask,
  { database, rowsMax, runtimes }: FindTriggerOptions,
): Promise<string | undefined> {
  if (task.multiLabel !== undefined || task.labels !== undefined) return undefined
  const stored = await championOf(database, task.task)
  const champion = compatibleChampion(stored, task, runtimes)
  const { newestFrom, to } = stored?.data ?? {}
  if (champion === undefined || typeof newestFrom !== 'number' || typeof to !== 'number') return undefined
  const { sources } = await labelTrustOf(database, task.task)
  const stream = streamTrainingRows(database, task.task, task.features.id, { from: newestFrom, sources })
  const { rows } = await sampled(stream, rowsMax)
  const drift = await championDrift(trainingSet(rows, task.features.names), champion, to)
  return drift === undefined ? undefined : driftInWords(drift)
}
