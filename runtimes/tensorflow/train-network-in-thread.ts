import { Worker } from 'node:worker_threads'
import { DatasetError } from '../../models/check-dataset.ts'
import type { NetworkData } from '../../models/deep/network-data.ts'
import type { NetworkOptions } from '../../models/deep/network-options.ts'
import type { Head, NetworkParameters } from '../../models/deep/network-parameters.ts'
import type { TrainingProgress } from '../../models/model.ts'
import type { TensorflowBackend } from './tensorflow.ts'

/** The message to the thread. */
export interface TrainingJob {
  readonly data: NetworkData
  readonly head: Head
  readonly options: Partial<NetworkOptions>
  readonly seed: number
  readonly backend: TensorflowBackend | undefined
}

/** Messages from the thread. */
export type TrainingNews =
  | { readonly progress: readonly [done: number, of: number, metric: number | undefined] }
  | { readonly parameters: NetworkParameters }
  | { readonly error: string; readonly ofData: boolean }

/** As `trainNetwork`, in a thread of its own: the event loop stays free. */
export function trainNetworkInThread(
  data: NetworkData,
  head: Head,
  options: Partial<NetworkOptions>,
  seed: number,
  progress: TrainingProgress = () => {},
  backend?: TensorflowBackend,
): Promise<NetworkParameters> {
  const workerData: TrainingJob = { data: { ...data, texts: [] }, head, options, seed, backend }
  const worker = new Worker(new URL('./training-thread.ts', import.meta.url), { workerData })
  const ended = new Promise<NetworkParameters>((resolve, reject) => {
    worker.on('message', (news: TrainingNews) => {
      if ('progress' in news) progress(...news.progress)
      else if ('parameters' in news) resolve(news.parameters)
      else reject(news.ofData ? new DatasetError(news.error) : new Error(news.error))
    })
    worker.once('error', reject)
    worker.once('exit', (code) =>
      reject(new Error(`The thread that trains a network ended with code ${code} before it was done.`)),
    )
  })
  return ended.finally(() => worker.terminate())
}
