import { gbmLabels } from '../../models/boosting/boosted-labels.ts'
import { deepLabels } from '../../models/deep/deep.ts'
import type { NetworkData } from '../../models/deep/network-data.ts'
import type { ScoringAlgorithm, TrainingProgress } from '../../models/model.ts'
import { trainAlgorithm } from '../../runtimes/algorithms/train-algorithm.ts'
import { trainNetworkInThread } from '../../runtimes/tensorflow/train-network-in-thread.ts'

/** A multi-label algorithm with its training function, which may run in another thread. */
export interface LabelLearner {
  readonly algorithm: ScoringAlgorithm<unknown>
  /** Unknown labels are NaN. Throws `DatasetError` for data that nothing can be learned from. */
  train(data: NetworkData, seed: number, progress?: TrainingProgress): Promise<unknown>
}

/**
 * Strong regularisation for few organisations with wide rows. Batches of such rows are too small to estimate means and
 * deviations, so there is no batch normalisation.
 */
const SETTINGS = {
  hidden: [64, 32],
  batchNormalisation: false,
  dropout: 0.4,
  weightDecay: 1,
  learningRate: 0.003,
} as const

/** Small trees and small steps, since few rows have any given label. */
const TREES = {
  trees: 300,
  learningRate: 0.05,
  depthMax: 3,
  leavesMax: 8,
  leafRowsMin: 10,
  earlyStoppingRounds: 30,
} as const

/** All learners for several labels. */
export const labelLearners: readonly LabelLearner[] = [
  {
    algorithm: deepLabels as unknown as ScoringAlgorithm<unknown>,
    train: (data, seed, progress) => trainNetworkInThread(data, 'multi-label', SETTINGS, seed, progress),
  },
  {
    algorithm: gbmLabels as ScoringAlgorithm<unknown>,
    train: (data, seed, progress) => trainAlgorithm(gbmLabels.name, data, seed, progress, TREES),
  },
]

export function labelLearnerNamed(name: string): LabelLearner {
  const found = labelLearners.find(({ algorithm }) => algorithm.name === name)
  if (found !== undefined) return found
  const names = labelLearners.map(({ algorithm }) => algorithm.name).join(', ')
  throw new Error(`There is no algorithm ${name} for several labels. There are: ${names}.`)
}
