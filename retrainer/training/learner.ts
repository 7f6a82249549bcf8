import type { Dataset, ScoringAlgorithm, TrainingProgress } from '../../models/model.ts'
import type { SentenceEncoderOptions } from '../../runtimes/text/open-sentence-encoder.ts'

export type Hyperparameters = Readonly<Record<string, unknown>>

/** Resources that training may need besides its data. */
export interface TrainingAids {
  /** The backbone, for learners that read texts. */
  readonly backbone?: Pick<SentenceEncoderOptions, 'folder' | 'precision' | 'threads'> | undefined
  /** Time limit of slow learners, ms; beyond it they throw `OutOfTimeError`. No limit if not given. */
  readonly timeMaxMs?: number | undefined
}

/** Thrown by a learner that exceeds its time limit. */
export class OutOfTimeError extends Error {
  override readonly name = 'OutOfTimeError'
}

/** An algorithm with its training function, which may run in another thread. */
export interface Learner {
  readonly algorithm: ScoringAlgorithm<unknown>
  /** Whether training takes minutes. Such a learner runs only if named explicitly or given a time limit. */
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
