import type { Dataset, TrainingProgress } from '../../models/model.ts'
import { trainInThread } from '../train-in-thread.ts'
import { trainHere } from './trainers.ts'

/** The message to the thread. */
export interface AlgorithmJob {
  /** Its name. */
  readonly algorithm: string
  readonly data: Dataset
  readonly seed: number
  readonly settings: Readonly<Record<string, unknown>>
}

/** Below this, training is done sooner than a thread has started. */
const NUMBERS_MIN = 2_000

/**
 * Trains an algorithm in plain code, in a thread of its own: the event loop stays free, and a progress that throws ends
 * it at once. Throws `DatasetError` for data that nothing can be learned from.
 */
export async function trainAlgorithm(
  algorithm: string,
  data: Dataset,
  seed: number,
  progress: TrainingProgress = () => {},
  settings: AlgorithmJob['settings'] = {},
  readsText = false,
): Promise<unknown> {
  const isSmall = data.count * data.width < NUMBERS_MIN && !readsText
  if (isSmall) return trainHere(algorithm, data, seed, progress, settings)
  const job: AlgorithmJob = { algorithm, data: readsText ? data : { ...data, texts: [] }, seed, settings }
  return trainInThread(new URL('./training-thread.ts', import.meta.url), job, {
    what: `a model of ${algorithm}`,
    progress,
  })
}
