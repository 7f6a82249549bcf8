import { checkDataset, checkWidth } from './check-dataset.ts'
import { largestLambda } from './coordinate-descent.ts'
import type { Algorithm, Dataset } from './model.ts'
import { fitLogistic, sigmoid, softplus } from './penalised-logistic.ts'
import {
  explainLinear,
  linearImportance,
  trainOnPath,
  type Learner,
  type LinearParameters,
  type PathOptions,
} from './regularisation-path.ts'
import { weighed } from './standardise.ts'

const learner: Learner = {
  fit: fitLogistic,
  largestLambda(design, labels, weights, l1Ratio) {
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    const mean = labels.reduce((sum, label, i) => sum + weights[i]! * label, 0) / total
    const pulls = labels.map((label, i) => (weights[i]! * (label - mean)) / total)
    return largestLambda(design, pulls, l1Ratio)
  },
  loss: (label, margin) => softplus(margin) - label * margin,
  canLearn: (labels) => labels.includes(0) && labels.includes(1),
}

export interface LogisticOptions {
  /** `balanced`: both classes weigh the same in all. Probabilities are then those of a world where they are equally frequent. */
  readonly classWeights?: 'none' | 'balanced'
}

/** Logistic regression with an L1 and L2 penalty, for two classes. */
export function createLogistic(
  name: string,
  { classWeights = 'none' }: LogisticOptions = {},
): Algorithm<LinearParameters, PathOptions> {
  return {
    name,
    kind: 'classification',
    readsText: false,
    train(data, seed, progress, options) {
      checkDataset(data, 'classification')
      return trainOnPath(
        data,
        learner,
        classWeights === 'balanced' ? balancedWeights(data) : new Float64Array(data.count).fill(1),
        seed,
        progress,
        options,
      )
    },
    explainer: explainLinear,
    importance: linearImportance,
    scorer({ standardisation, intercept, coefficients }) {
      const weights = Float64Array.from(coefficients)
      return (batch, into) => {
        checkWidth(batch, standardisation.centre.length)
        for (let i = 0; i < batch.count; i++)
          into[i] = sigmoid(intercept + weighed(standardisation, weights, batch.rows, i * batch.width))
      }
    },
  }
}

export const logistic = createLogistic('logistic')

function balancedWeights({ labels, count }: Dataset): Float64Array {
  const positives = labels.reduce((sum, label) => sum + label, 0)
  return labels.map((label) => count / (2 * (label === 1 ? positives : count - positives)))
}
