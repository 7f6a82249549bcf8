import { openScoringRuntimes } from '../../runtimes/scoring-runtimes.ts'
import type { TrainingAids } from '../training/learner.ts'
import type { LearnableTask } from './learnable-task.ts'
import { retrainLabels } from './retrain-labels.ts'
import { retrain, type RetrainOptions, type Retraining } from './retrain.ts'

export interface TrainTaskOptions extends Omit<RetrainOptions, 'runtimes' | 'aids'> {
  /** The backbone of text models. */
  readonly backbone?: TrainingAids['backbone']
  /** Time limit of slow learners, ms. Without it, a comparison leaves them out. */
  readonly slowTimeMaxMs?: number | undefined
}

/** Trains a challenger for a task of any kind, and promotes it if it is better. */
export async function trainTask(
  task: LearnableTask,
  { backbone, slowTimeMaxMs, ...options }: TrainTaskOptions,
): Promise<Retraining> {
  if (task.multiLabel !== undefined && options.calibrate !== undefined)
    throw new Error(`${task.task} gives several probabilities per row: only a single one can be calibrated.`)
  const runtimes = openScoringRuntimes({ backbone })
  try {
    const retrainOptions = { ...options, runtimes, aids: { backbone, timeMaxMs: slowTimeMaxMs } }
    return await (task.multiLabel !== undefined ? retrainLabels(task, retrainOptions) : retrain(task, retrainOptions))
  } finally {
    await runtimes.close()
  }
}
