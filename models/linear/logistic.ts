import { balancedWeights } from './balanced-weights.ts'
import { checkDataset, checkWidth } from '../check-dataset.ts'
import type { Algorithm } from '../model.ts'
import { fitLogistic, sigmoid, softplus } from './penalised-logistic.ts'
import type { PathOptions } from './path-options.ts'
import { explainLinear, linearImportance, trainOnPath, type LinearParameters } from './regularisation-path.ts'
import type { Learner } from './choose-penalty.ts'
import { linearPredictor } from './standardise.ts'

const learner: Learner = {
  fit: fitLogistic,
  loss: (label, margin) => softplus(margin) - label * margin,
  canLearn: (labels) => labels.includes(0) && labels.includes(1),
}

export interface LogisticOptions {
  /** `balanced` gives both classes the same total weight. Probabilities are then those for equally frequent classes. */
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
    weighsRows: true,
    train(data, seed, progress, options) {
      checkDataset(data, 'classification')
      const { count, labels, weights: own = new Float64Array(count).fill(1) } = data
      const balanced = classWeights === 'balanced' ? balancedWeights(labels) : undefined
      return trainOnPath(
        data,
        learner,
        balanced === undefined ? own : own.map((weight, row) => weight * balanced[row]!),
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
          into[i] = sigmoid(intercept + linearPredictor(standardisation, weights, batch.rows, i * batch.width))
      }
    },
  }
}

export const logistic = createLogistic('logistic')
