import type { Dataset, ScoringAlgorithm, TrainingProgress } from '../../models/model.ts'

export type Hyperparameters = Readonly<Record<string, unknown>>

/** An algorithm with the function that trains it, wherever that runs. */
export interface Learner {
  readonly algorithm: ScoringAlgorithm<unknown>
  /** It takes minutes: only where it is asked for by name. */
  readonly isSlow?: boolean
  /** It learns on the backbone that the setting `backbone` names; no other learner is given one. */
  readonly usesBackbone?: boolean
  /** Throws `DatasetError` for data that nothing can be learned from. */
  train(data: Dataset, seed: number, progress?: TrainingProgress, settings?: Hyperparameters): Promise<unknown>
}
