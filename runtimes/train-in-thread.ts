import { parentPort, Worker } from 'node:worker_threads'
import { DatasetError } from '../models/check-dataset.ts'
import type { TrainingProgress } from '../models/model.ts'
import { terminateThread } from './native-calls.ts'

/** Messages from a training thread. */
type TrainingMessage<Parameters> =
  | { readonly progress: readonly [done: number, of: number, metric: number | undefined] }
  | { readonly parameters: Parameters }
  | { readonly error: string; readonly isDatasetError: boolean }

export interface TrainInThreadOptions {
  /** What the thread trains, for the error if it ends early. */
  readonly what: string
  /** Called with the progress; may throw to end the training. */
  readonly progress?: TrainingProgress | undefined
  /** Time limit, and the error to throw when it is exceeded; unlimited if not given. */
  readonly limit?: { readonly ms: number; readonly error: Error } | undefined
}

/**
 * Trains in a worker thread: the event loop stays free. The program gets the job as `workerData` and ends with
 * `reportTraining`. Throws `DatasetError` if nothing can be learned from the data.
 */
export function trainInThread<Parameters>(
  program: URL,
  job: unknown,
  { what, progress = () => {}, limit }: TrainInThreadOptions,
): Promise<Parameters> {
  const worker = new Worker(program, { workerData: job })
  let timer: NodeJS.Timeout | undefined
  let isStopped = false
  const ended = new Promise<Parameters>((resolve, reject) => {
    const refuse = (error: unknown) => reject(error as Error)
    worker.on('message', (news: TrainingMessage<Parameters>) => {
      if ('parameters' in news) resolve(news.parameters)
      else if ('error' in news) reject(news.isDatasetError ? new DatasetError(news.error) : new Error(news.error))
      // Messages that the thread sent before it was stopped may still arrive.
      else if (!isStopped) {
        try {
          progress(...news.progress)
        } catch (error) {
          isStopped = true
          refuse(error)
        }
      }
    })
    worker.once('error', refuse)
    worker.once('exit', (code) =>
      reject(new Error(`The thread that trains ${what} ended with code ${code} before it was done.`)),
    )
    if (limit !== undefined) timer = setTimeout(() => reject(limit.error), limit.ms)
  })
  return ended.finally(() => {
    clearTimeout(timer)
    return terminateThread(worker)
  })
}

/** Runs in the training thread: trains, and posts the progress and the result to the parent thread. */
export async function reportTraining<Parameters>(
  train: (progress: TrainingProgress) => Promise<Parameters> | Parameters,
): Promise<void> {
  const post = (news: TrainingMessage<Parameters>): void => parentPort!.postMessage(news)
  try {
    post({ parameters: await train((done, of, metric) => post({ progress: [done, of, metric] })) })
  } catch (error) {
    post({ error: (error as Error).message, isDatasetError: error instanceof DatasetError })
  }
}
