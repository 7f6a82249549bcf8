import { Worker } from 'node:worker_threads'
import { DatasetError } from '../../../models/check-dataset.ts'
import type { Dataset, TrainingProgress } from '../../../models/model.ts'
import type { TextModelParameters } from '../../../models/text/text-model.ts'
import type { Strategy } from '../../../models/text/windows.ts'
import { OutOfTimeError, type TrainingAids } from '../learner.ts'

/** The message to the thread. */
export interface TextJob extends Pick<Dataset, 'texts' | 'lineTimes' | 'labels' | 'times'> {
  readonly seed: number
  readonly strategies: readonly Strategy[]
  readonly backbone: NonNullable<TrainingAids['backbone']>
}

/** Messages from the thread. */
export type TextNews =
  | { readonly progress: readonly [done: number, of: number, metric: number | undefined] }
  | { readonly parameters: TextModelParameters }
  | { readonly error: string; readonly ofData: boolean }

/**
 * Trains a text model of two classes in a thread of its own, whose priority is the lowest there is: scoring goes
 * first. After `timeMaxMs` the thread is ended, and `OutOfTimeError` thrown.
 */
export function trainTextInThread(
  job: TextJob,
  progress: TrainingProgress = () => {},
  timeMaxMs?: number,
): Promise<TextModelParameters> {
  const worker = new Worker(new URL('./text-thread.ts', import.meta.url), { workerData: job })
  let timer: NodeJS.Timeout | undefined
  const ended = new Promise<TextModelParameters>((resolve, reject) => {
    const refuse = (error: unknown) => reject(error as Error)
    worker.on('message', (news: TextNews) => {
      if ('parameters' in news) resolve(news.parameters)
      else if ('error' in news) reject(news.ofData ? new DatasetError(news.error) : new Error(news.error))
      else {
        // Who follows the progress may end the training.
        try {
          progress(...news.progress)
        } catch (error) {
          refuse(error)
        }
      }
    })
    worker.once('error', refuse)
    worker.once('exit', (code) =>
      reject(new Error(`The thread that trains a text model ended with code ${code} before it was done.`)),
    )
    if (timeMaxMs !== undefined)
      timer = setTimeout(
        () => reject(new OutOfTimeError(`it was not done after ${Math.round(timeMaxMs / 1_000)} s`)),
        timeMaxMs,
      )
  })
  return ended.finally(() => {
    clearTimeout(timer)
    return worker.terminate()
  })
}
