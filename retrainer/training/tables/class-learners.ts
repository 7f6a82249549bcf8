import { gbmClasses } from '../../../models/boosting/boosted-classes.ts'
import { checkClasses } from '../../../models/check-classes.ts'
import { deepClasses } from '../../../models/deep/deep.ts'
import { softmaxLogistic } from '../../../models/linear/softmax-logistic.ts'
import type { ScoringAlgorithm } from '../../../models/model.ts'
import { trainAlgorithm } from '../../../runtimes/algorithms/train-algorithm.ts'
import { trainNetworkInThread } from '../../../runtimes/tensorflow/train-network-in-thread.ts'
import type { Learner } from '../learner.ts'

/** Learners for one of several classes per row, for tables only. */
export const classLearners = {
  gbm: {
    algorithm: gbmClasses as ScoringAlgorithm<unknown>,
    train: (data, seed, progress, settings) => trainAlgorithm(gbmClasses.name, data, seed, progress, settings),
  },
  deep: {
    algorithm: deepClasses as ScoringAlgorithm<unknown>,
    async train(data, seed, progress, settings = {}) {
      const outputs = checkClasses(data).length
      const labels = new Float64Array(data.count * outputs)
      data.labels.forEach((label, row) => (labels[row * outputs + label] = 1))
      return trainNetworkInThread({ ...data, outputs, labels }, 'classes', settings, seed, progress)
    },
  },
  linear: {
    algorithm: softmaxLogistic as ScoringAlgorithm<unknown>,
    train: (data, seed, progress, settings) => trainAlgorithm(softmaxLogistic.name, data, seed, progress, settings),
  },
} satisfies Record<string, Learner>
