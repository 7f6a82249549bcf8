import type { Dataset, ScoringAlgorithm, TrainingProgress } from '../../models/model.ts'
import type { SentenceEncoderOptions } from '../../runtimes/text/open-sentence-encoder.ts'

export type Hyperparameters = Readonly<Record<string, unknown>>

/** What a training may need besides its data. */
export interface TrainingAids {
  /** What reads texts, for learners that have no use for numbers alone. */
  readonly backbone?: Pick<SentenceEncoderOptions, 'folder' | 'precision' | 'threads'> | undefined
  /** How long a slow learner may take, ms; then it gives up with `OutOfTimeError`. Not given: as long as it takes. */
  readonly timeMaxMs?: number | undefined
}

/** A learner that was not done in the time that it had. */
export class OutOfTimeError extends Error {
  override readonly name = 'OutOfTimeError'
}

/** An algorithm with the function that trains it, wherever that runs. */
export interface Learner {
  readonly algorithm: ScoringAlgorithm<unknown>
  /** It takes minutes: only where it is asked for by name, or has a limit of time. */
  readonly isSlow?: boolean
  /** Throws `DatasetError` for data that nothing can be learned from. */
  train(
    data: Dataset,
    seed: number,
    progress?: TrainingProgress,
    settings?: Hyperparameters,
    aids?: TrainingAids,
  ): Promise<unknown>
}
