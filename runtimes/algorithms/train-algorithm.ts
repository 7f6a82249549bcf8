import type { Dataset, TrainingProgress } from '../../models/model.ts'
import { trainInThread } from '../train-in-thread.ts'
import { trainHere } from './trainers.ts'

/** The message to the training thread. */
export interface AlgorithmJob {
  /** Name of the algorithm. */
  readonly algorithm: string
  readonly data: Dataset
  readonly seed: number
  readonly settings: Readonly<Record<string, unknown>>
}

/** With fewer numbers than this, training takes less time than starting a thread. */
const NUMBERS_MIN = 2_000

/**
 * Trains an algorithm implemented in plain code, in its own thread: the event loop stays free, and an error thrown by
 * `progress` ends it at once. Throws `DatasetError` if nothing can be learned from the data.
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
