import { coordinateDescent, type LinearFit, type Penalty } from './coordinate-descent.ts'
import type { Design } from './standardise.ts'

/**
 * Minimises Σ wᵢ(yᵢ − b − xᵢβ)²/(2Σw) + penalty, as scikit-learn's ElasticNet and glmnet do. `from` is a warm start,
 * such as a neighbour on the path of penalties; it is not changed. `tolerance` is relative to the variance of y.
 */
export function fitLeastSquares(
  design: Design,
  labels: Float64Array,
  rowWeights: Float64Array,
  penalty: Penalty,
  from?: LinearFit,
  tolerance = 1e-10,
): LinearFit {
  const { count, width, columns } = design
  const fit: LinearFit = {
    intercept: from?.intercept ?? 0,
    coefficients: from?.coefficients.slice() ?? new Float64Array(width),
  }
  const total = rowWeights.reduce((sum, weight) => sum + weight, 0)
  const weights = rowWeights.map((weight) => weight / total)
  let mean = 0
  for (let i = 0; i < count; i++) mean += weights[i]! * labels[i]!
  let variance = 0
  for (let i = 0; i < count; i++) variance += weights[i]! * (labels[i]! - mean) ** 2
  const residual = Float64Array.from(labels, (label) => label - fit.intercept)
  for (let j = 0; j < width; j++) {
    const coefficient = fit.coefficients[j]!
    if (coefficient !== 0) for (let i = 0; i < count; i++) residual[i]! -= coefficient * columns[j * count + i]!
  }
  coordinateDescent(design, weights, residual, fit, penalty, tolerance * Math.max(variance, Number.MIN_VALUE))
  return fit
}
