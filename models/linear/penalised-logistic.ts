import { coordinateDescent, type LinearFit, type Penalty } from './coordinate-descent.ts'
import { minimise } from './lbfgs.ts'
import type { Design } from './standardise.ts'

const STEPS_MAX = 100
/** Minimum curvature of a row, so that the working response of a nearly certain row stays finite. */
const CURVATURE_MIN = 1e-5

export function sigmoid(x: number): number {
  return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x))
}

/** Returns ln(1 + eˣ) without overflow. */
export function softplus(x: number): number {
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x))
}

/**
 * Minimises Σ wᵢ·logloss(yᵢ, b + xᵢβ)/Σw + penalty by proximal Newton steps: a weighted quadratic approximation of the
 * log loss at the current fit, minimised by coordinate descent (Friedman, Hastie, Tibshirani 2010, 3); steps are halved
 * until the objective falls (Lee, Sun, Saunders 2014). scikit-learn's C is 1/(λ·Σw). `from` is not changed.
 */
export function fitLogistic(
  design: Design,
  labels: Float64Array,
  rowWeights: Float64Array,
  penalty: Penalty,
  from?: LinearFit,
  tolerance = 1e-10,
): LinearFit {
  const { count, width, columns } = design
  const total = rowWeights.reduce((sum, weight) => sum + weight, 0)
  const margins = new Float64Array(count)
  const trial = new Float64Array(count)
  const weights = new Float64Array(count)
  const residual = new Float64Array(count)
  let fit: LinearFit = {
    intercept: from?.intercept ?? 0,
    coefficients: from?.coefficients.slice() ?? new Float64Array(width),
  }

  function marginsOf({ intercept, coefficients }: LinearFit, into: Float64Array): void {
    into.fill(intercept)
    for (let j = 0; j < width; j++) {
      const coefficient = coefficients[j]!
      if (coefficient !== 0) for (let i = 0; i < count; i++) into[i]! += coefficient * columns[j * count + i]!
    }
  }

  function objective({ coefficients }: LinearFit, at: Float64Array): number {
    let loss = 0
    for (let i = 0; i < count; i++) loss += rowWeights[i]! * (softplus(at[i]!) - labels[i]! * at[i]!)
    let absolute = 0
    let squares = 0
    for (const coefficient of coefficients) {
      absolute += Math.abs(coefficient)
      squares += coefficient * coefficient
    }
    return loss / total + penalty.lambda * (penalty.l1Ratio * absolute + ((1 - penalty.l1Ratio) / 2) * squares)
  }

  // A smooth objective allows all coefficients to move at once, which saves most passes when columns are correlated.
  if (penalty.l1Ratio === 0) fit = ridgeStart(design, labels, rowWeights, penalty.lambda, fit)
  marginsOf(fit, margins)
  let value = objective(fit, margins)
  for (let step = 0; step < STEPS_MAX; step++) {
    for (let i = 0; i < count; i++) {
      const probability = sigmoid(margins[i]!)
      const curvature = Math.max(probability * (1 - probability), CURVATURE_MIN)
      weights[i] = (rowWeights[i]! * curvature) / total
      residual[i] = (labels[i]! - probability) / curvature
    }
    const target: LinearFit = { intercept: fit.intercept, coefficients: fit.coefficients.slice() }
    coordinateDescent(design, weights, residual, target, penalty, tolerance)
    let length = 1
    let next = target
    let nextValue: number
    for (;;) {
      marginsOf(next, trial)
      nextValue = objective(next, trial)
      if (nextValue <= value || length < 1e-6) break
      length /= 2
      next = between(fit, target, length)
    }
    if (nextValue > value) break
    const gain = value - nextValue
    fit = next
    value = nextValue
    margins.set(trial)
    if (gain <= tolerance * Math.max(1e-3, Math.abs(value))) break
  }
  return fit
}

/** Maximum number of L-BFGS steps, and the tolerance on the gradient as a share of the penalty. */
const RIDGE_STEPS_MAX = 200
const GRADIENT_SHARE_MIN = 1e-5

/** Returns a fit close to the minimum of the smooth objective, by L-BFGS. Newton steps continue from there. */
function ridgeStart(
  { count, width, columns }: Design,
  labels: Float64Array,
  rowWeights: Float64Array,
  lambda: number,
  from: LinearFit,
): LinearFit {
  const total = rowWeights.reduce((sum, weight) => sum + weight, 0)
  const margins = new Float64Array(count)
  const start = new Float64Array(width + 1)
  start.set(from.coefficients)
  start[width] = from.intercept
  const found = minimise(
    (x, gradient) => {
      margins.fill(x[width]!)
      for (let j = 0; j < width; j++) {
        const coefficient = x[j]!
        if (coefficient !== 0) for (let i = 0; i < count; i++) margins[i]! += coefficient * columns[j * count + i]!
      }
      let [value, pull] = [0, 0]
      for (let i = 0; i < count; i++) {
        value += (rowWeights[i]! * (softplus(margins[i]!) - labels[i]! * margins[i]!)) / total
        // From here on `margins` holds each row's gradient.
        margins[i] = (rowWeights[i]! * (sigmoid(margins[i]!) - labels[i]!)) / total
        pull += margins[i]!
      }
      for (let j = 0; j < width; j++) {
        let sum = lambda * x[j]!
        for (let i = 0; i < count; i++) sum += margins[i]! * columns[j * count + i]!
        gradient[j] = sum
        value += (lambda / 2) * x[j]! * x[j]!
      }
      gradient[width] = pull
      return value
    },
    start,
    { tolerance: GRADIENT_SHARE_MIN * lambda, stepsMax: RIDGE_STEPS_MAX },
  )
  return { intercept: found[width]!, coefficients: found.slice(0, width) }
}

function between(from: LinearFit, to: LinearFit, share: number): LinearFit {
  return {
    intercept: from.intercept + share * (to.intercept - from.intercept),
    coefficients: from.coefficients.map((coefficient, j) => coefficient + share * (to.coefficients[j]! - coefficient)),
  }
}
