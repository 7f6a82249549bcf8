import { algorithms } from '../../models/algorithms.ts'
import { checkDataset } from '../../models/check-dataset.ts'
import { deep, deepRate } from '../../models/deep/deep.ts'
import type { Head } from '../../models/deep/network-parameters.ts'
import type { ScoringAlgorithm } from '../../models/model.ts'
import { trainAlgorithm } from '../../runtimes/algorithms/train-algorithm.ts'
import { trainNetworkInThread } from '../../runtimes/tensorflow/train-network-in-thread.ts'
import type { Learner } from './learner.ts'
import { textLearner } from './texts/text-learner.ts'

function network(algorithm: ScoringAlgorithm<never>, head: Head): Learner {
  return {
    algorithm: algorithm as ScoringAlgorithm<unknown>,
    async train(data, seed, progress, settings = {}) {
      checkDataset(data, algorithm.kind)
      return trainNetworkInThread({ ...data, outputs: 1 }, head, settings, seed, progress)
    },
  }
}

/** All learners for a single output. */
export const learners: readonly Learner[] = [
  ...algorithms.map((algorithm): Learner => ({
    algorithm,
    train: (data, seed, progress, settings) =>
      trainAlgorithm(algorithm.name, data, seed, progress, settings, algorithm.readsText),
  })),
  network(deep, 'binary'),
  network(deepRate, 'regression'),
  textLearner,
]

export function learnerNamed(name: string): Learner {
  const found = learners.find(({ algorithm }) => algorithm.name === name)
  if (found === undefined)
    throw new Error(
      `There is no algorithm ${name}. There are: ${learners.map(({ algorithm }) => algorithm.name).join(', ')}.`,
    )
  return found
}
