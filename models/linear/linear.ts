import { checkDataset, checkWidth } from '../check-dataset.ts'
import type { Algorithm } from '../model.ts'
import { fitLeastSquares } from './penalised-least-squares.ts'
import type { PathOptions } from './path-options.ts'
import { explainLinear, linearImportance, trainOnPath, type LinearParameters } from './regularisation-path.ts'
import type { Learner } from './choose-penalty.ts'
import { linearPredictor } from './standardise.ts'

const learner: Learner = {
  fit: fitLeastSquares,
  loss: (label, margin) => (label - margin) ** 2,
  canLearn: (labels) => labels.length > 0,
}

/** Linear regression with an L1 and L2 penalty. Estimates are not bounded: a rate may come out below 0 or above 1. */
export const linear: Algorithm<LinearParameters, PathOptions> = {
  name: 'linear',
  kind: 'regression',
  readsText: false,
  train(data, seed, progress, options) {
    checkDataset(data, 'regression')
    return trainOnPath(data, learner, new Float64Array(data.count).fill(1), seed, progress, options)
  },
  explainer: explainLinear,
  importance: linearImportance,
  scorer({ standardisation, intercept, coefficients }) {
    const weights = Float64Array.from(coefficients)
    return (batch, into) => {
      checkWidth(batch, standardisation.centre.length)
      for (let i = 0; i < batch.count; i++)
        into[i] = intercept + linearPredictor(standardisation, weights, batch.rows, i * batch.width)
    }
  },
}
