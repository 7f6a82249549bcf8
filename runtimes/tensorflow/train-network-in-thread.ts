import type { NetworkData } from '../../models/deep/network-data.ts'
import type { NetworkOptions } from '../../models/deep/network-options.ts'
import type { Head, NetworkParameters } from '../../models/deep/network-parameters.ts'
import type { TrainingProgress } from '../../models/model.ts'
import { trainInThread } from '../train-in-thread.ts'
import type { TensorflowBackend } from './tensorflow.ts'

/** The message to the training thread. */
export interface TrainingJob {
  readonly data: NetworkData
  readonly head: Head
  readonly options: Partial<NetworkOptions>
  readonly seed: number
  readonly backend: TensorflowBackend | undefined
}

/** Like `trainNetwork`, in a worker thread: the event loop stays free. */
export function trainNetworkInThread(
  data: NetworkData,
  head: Head,
  options: Partial<NetworkOptions>,
  seed: number,
  progress?: TrainingProgress,
  backend?: TensorflowBackend,
): Promise<NetworkParameters> {
  const job: TrainingJob = { data: { ...data, texts: [] }, head, options, seed, backend }
  return trainInThread(new URL('./training-thread.ts', import.meta.url), job, { what: 'a network', progress })
}
