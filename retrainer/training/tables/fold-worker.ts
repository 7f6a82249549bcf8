/** Thread that trains cross-validation folds for `fold-workers.ts`. */
import { parentPort, workerData } from 'node:worker_threads'
import { foldLosses } from '../../../models/boosting/fold-losses.ts'
import type { FoldAnswer, FoldJob, FoldWorkerData } from './fold-workers.ts'

const { data, kind } = workerData as FoldWorkerData

parentPort!.on('message', ({ split, options, seed }: FoldJob) => {
  parentPort!.postMessage(answerOf(() => ({ losses: foldLosses(data, kind, split, options, seed) })))
})

function answerOf(work: () => FoldAnswer): FoldAnswer {
  try {
    return work()
  } catch (error) {
    return { error: (error as Error).message }
  }
}
