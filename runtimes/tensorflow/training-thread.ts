/** A thread that trains one network for `train-network-in-thread.ts`. */
import { parentPort, workerData } from 'node:worker_threads'
import { DatasetError } from '../../models/check-dataset.ts'
import type { TrainingJob, TrainingNews } from './train-network-in-thread.ts'
import { trainNetwork } from './train-network.ts'

const { data, head, options, seed, backend } = workerData as TrainingJob
const post = (news: TrainingNews): void => parentPort!.postMessage(news)

try {
  const parameters = await trainNetwork(
    data,
    head,
    options,
    seed,
    (done, of, metric) => post({ progress: [done, of, metric] }),
    backend,
  )
  post({ parameters })
} catch (error) {
  post({ error: (error as Error).message, ofData: error instanceof DatasetError })
}
