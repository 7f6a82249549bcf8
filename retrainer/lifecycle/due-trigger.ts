import type { StoredTraining, TrainingTrigger } from '../../store/models/trainings.ts'

export interface TriggerSettings {
  /** New labels after which a task is trained. */
  readonly labelsMin: number
  /** Hours after which a task is trained if there is any new label; 0: never. */
  readonly scheduleHours: number
}

const HOUR_MS = 3_600_000

/** A failed training is repeated after this time at the earliest. */
const RETRY_MS = HOUR_MS

/** Returns whether a training failed so recently that it is not repeated yet. */
export function isBackingOff(last: StoredTraining | undefined, now: number): boolean {
  return last?.state === 'failed' && now - (last.endedAt?.getTime() ?? 0) < RETRY_MS
}

/**
 * Returns why a task is to be trained now: enough new labels, or the schedule. `last`: the last training that began.
 * Without new labels nothing is due: the same rows give the same model.
 */
export function dueTrigger(
  last: StoredTraining | undefined,
  newLabels: number,
  now: number,
  { labelsMin, scheduleHours }: TriggerSettings,
): TrainingTrigger | undefined {
  const since = last === undefined ? '' : ' since the last training'
  if (newLabels >= labelsMin) return { kind: 'labels', why: `${newLabels} new labels${since}.`, by: null }
  if (newLabels === 0 || scheduleHours === 0 || !last?.startedAt) return undefined
  if (now - last.startedAt.getTime() < scheduleHours * HOUR_MS) return undefined
  return { kind: 'schedule', why: `${scheduleHours} hours since the last training, ${newLabels} new labels.`, by: null }
}
