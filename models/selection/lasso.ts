import { linear } from '../linear/linear.ts'
import { logistic } from '../linear/logistic.ts'
import { featuresOfColumns } from '../linear/standardise.ts'
import type { Selector } from './selector.ts'

/** The penalty is chosen from this many values, by cross-validation with this many folds. */
const PATH = { l1Ratios: [1], lambdas: 30, folds: 5, simplest: true }

/**
 * Keeps features with a non-zero Lasso coefficient, at the largest λ within a standard error of the best by
 * cross-validation (Tibshirani 1996; Hastie, Tibshirani, Friedman 2009, 7.10).
 */
export const selectByLasso: Selector = (data, kind, seed) => {
  const { standardisation, coefficients, penalty } = (kind === 'classification' ? logistic : linear).train(
    data,
    seed,
    undefined,
    PATH,
  )
  const used = new Set<number>()
  featuresOfColumns(standardisation).forEach((feature, column) => {
    if (coefficients[column] !== 0) used.add(feature)
  })
  return Array.from({ length: data.width }, (_, feature) =>
    used.has(feature) ? null : `the Lasso gives it nothing at λ = ${penalty.lambda.toPrecision(3)}`,
  )
}
