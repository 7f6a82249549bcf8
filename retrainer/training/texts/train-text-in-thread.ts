import type { Dataset, TrainingProgress } from '../../../models/model.ts'
import type { TextModelParameters } from '../../../models/text/text-model.ts'
import type { Strategy } from '../../../models/text/windows.ts'
import { trainInThread } from '../../../runtimes/train-in-thread.ts'
import { OutOfTimeError, type TrainingAids } from '../learner.ts'

/** Data that the thread starts with. */
export interface TextJob extends Pick<Dataset, 'texts' | 'lineTimes' | 'labels' | 'times'> {
  readonly seed: number
  readonly strategies: readonly Strategy[]
  readonly backbone: NonNullable<TrainingAids['backbone']>
}

/**
 * Trains a text model of two classes in a thread of the lowest priority, so that scoring goes first. After `timeMaxMs`
 * the thread is terminated and `OutOfTimeError` thrown.
 */
export function trainTextInThread(
  job: TextJob,
  progress?: TrainingProgress,
  timeMaxMs?: number,
): Promise<TextModelParameters> {
  const limit =
    timeMaxMs === undefined
      ? undefined
      : { ms: timeMaxMs, error: new OutOfTimeError(`it was not done after ${Math.round(timeMaxMs / 1_000)} s`) }
  return trainInThread(new URL('./text-thread.ts', import.meta.url), job, { what: 'a text model', progress, limit })
}
