/** A thread that trains one network for `train-network-in-thread.ts`. */
import { parentPort, workerData } from 'node:worker_threads'
import { DatasetError } from '../../models/check-dataset.ts'
import type { TrainingJob, TrainingNews } from './train-network-in-thread.ts'
import { trainNetwork } from './train-network.ts'

const { data, head, options, seed, backend } = workerData as TrainingJob
const tell = (news: TrainingNews): void => parentPort!.postMessage(news)

try {
  const parameters = await trainNetwork(
    data,
    head,
    options,
    seed,
    (done, of, metric) => tell({ progress: [done, of, metric] }),
    backend,
  )
  tell({ parameters })
} catch (error) {
  tell({ error: (error as Error).message, ofData: error instanceof DatasetError })
}
