import type { Database } from '../../store/database.ts'
import {
  beginTraining,
  endTraining,
  withTrainingLock,
  type StoredTraining,
  type TrainingResult,
  type TrainingTrigger,
} from '../../store/models/trainings.ts'
import { labelsSeen, type LearnableTask } from './learnable-task.ts'
import type { Retraining } from './retrain.ts'
import { trainTask, type TrainTaskOptions } from './train-task.ts'

/** What starts a training: a trigger, or the request of a person that is on record already. */
export type TrainingStart = { readonly trigger: TrainingTrigger } | { readonly request: StoredTraining }

/**
 * Trains a task and records its trigger and its result. Returns `undefined` if another process is
 * training the task. A failed training is recorded with its cause, and its error is thrown.
 */
export function runTraining(
  task: LearnableTask,
  start: TrainingStart,
  options: Omit<TrainTaskOptions, 'trigger'>,
): Promise<Retraining | undefined> {
  const { database } = options
  return withTrainingLock(database, task.task, async () => {
    const begun = 'request' in start ? { request: start.request.id } : start
    const id = await beginTraining(database, task.task, begun, await labelsSeen(task, database))
    return recordEnd(database, id, async () => {
      const result = await trainTask(task, { ...options, trigger: triggerOf(start) })
      return [result, endOf(result)]
    })
  })
}

/** Returns what the request or the trigger says. */
export function triggerOf(start: TrainingStart): TrainingTrigger {
  if ('trigger' in start) return start.trigger
  const { trigger: kind, why, requestedBy: by } = start.request
  return { kind, why, by }
}

/**
 * Runs a training and records its end. One that ends because the process stops stays on record as running: the next
 * process that looks finds it interrupted.
 */
export async function recordEnd<Result>(
  database: Database,
  id: number,
  train: () => Promise<readonly [Result, TrainingResult]>,
): Promise<Result> {
  try {
    const [result, end] = await train()
    await endTraining(database, id, end)
    return result
  } catch (error) {
    const isAbort = error instanceof Error && error.name === 'AbortError'
    if (!isAbort)
      await endTraining(database, id, {
        state: 'failed',
        result: `${error instanceof Error ? error.message : String(error)} The model in use stays.`,
      })
    throw error
  }
}

function endOf(result: Retraining): TrainingResult {
  switch (result.kind) {
    case 'too-few-rows':
      return { state: 'ended', result: `There are ${result.rows} labelled rows, and ${result.needed} are needed.` }
    case 'one-class':
      return { state: 'ended', result: `All ${result.rows} labels are the same; there is nothing to learn.` }
    case 'trained': {
      const { modelId, promote: promoted, algorithm, reason } = result
      return {
        state: 'ended',
        result: `${promoted ? 'Released' : 'Kept as challenger'}: ${algorithm}, ${reason}`,
        modelId,
        promoted,
      }
    }
  }
}
