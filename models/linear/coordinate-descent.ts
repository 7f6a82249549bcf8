import type { Design } from './standardise.ts'

/** λ·(ratio·‖β‖₁ + (1 − ratio)/2·‖β‖²): a ratio of 1 is the Lasso, 0 Ridge. */
export interface Penalty {
  readonly lambda: number
  readonly l1Ratio: number
}

export interface LinearFit {
  intercept: number
  readonly coefficients: Float64Array
}

const PASSES_MAX = 10_000

/**
 * Minimises Σ wᵢ(rᵢ − b − xᵢβ)²/2 + penalty over the intercept b and β by coordinate descent, alternating passes over
 * all coefficients with cycles over the non-zero ones (Friedman, Hastie, Tibshirani 2010, "Regularization Paths for
 * Generalized Linear Models via Coordinate Descent", 2.1–2.6). The weights need not sum to 1. `residual` must hold yᵢ −
 * b − xᵢβ of the given fit; both are updated in place.
 */
export function coordinateDescent(
  design: Design,
  weights: Float64Array,
  residual: Float64Array,
  fit: LinearFit,
  penalty: Penalty,
  tolerance: number,
): void {
  const { count, width, columns } = design
  const l1 = penalty.lambda * penalty.l1Ratio
  const l2 = penalty.lambda * (1 - penalty.l1Ratio)
  const { coefficients } = fit
  const curvatures = new Float64Array(width)
  let weightSum = 0
  for (let i = 0; i < count; i++) weightSum += weights[i]!
  for (let j = 0; j < width; j++) {
    const start = j * count
    let curvature = 0
    for (let i = 0; i < count; i++) curvature += weights[i]! * columns[start + i]! * columns[start + i]!
    curvatures[j] = curvature
  }

  /** Returns how much the quadratic changed, like `improve`. */
  function improveIntercept(): number {
    let gradient = 0
    for (let i = 0; i < count; i++) gradient += weights[i]! * residual[i]!
    const step = gradient / weightSum
    if (step === 0) return 0
    fit.intercept += step
    for (let i = 0; i < count; i++) residual[i]! -= step
    return weightSum * step * step
  }

  function improve(j: number): number {
    const curvature = curvatures[j]!
    if (curvature === 0) return 0
    const start = j * count
    let gradient = 0
    for (let i = 0; i < count; i++) gradient += weights[i]! * columns[start + i]! * residual[i]!
    const before = coefficients[j]!
    const pull = gradient + curvature * before
    const after = Math.abs(pull) <= l1 ? 0 : (pull - Math.sign(pull) * l1) / (curvature + l2)
    const step = after - before
    if (step === 0) return 0
    coefficients[j] = after
    for (let i = 0; i < count; i++) residual[i]! -= step * columns[start + i]!
    return curvature * step * step
  }

  for (let pass = 0; pass < PASSES_MAX; pass++) {
    let change = improveIntercept()
    for (let j = 0; j < width; j++) change = Math.max(change, improve(j))
    if (change < tolerance) return
    for (; pass < PASSES_MAX; pass++) {
      let activeChange = improveIntercept()
      for (let j = 0; j < width; j++) if (coefficients[j] !== 0) activeChange = Math.max(activeChange, improve(j))
      if (activeChange < tolerance) break
    }
  }
}

/**
 * Returns the smallest λ at which every coefficient is zero, from the gradients at zero. Ridge has no such λ and is
 * treated as a mixture with a ratio of 0.01, similar to glmnet.
 */
export function largestLambda(design: Design, pulls: Float64Array, l1Ratio: number): number {
  let largest = 0
  for (let j = 0; j < design.width; j++) {
    let pull = 0
    for (let i = 0; i < design.count; i++) pull += design.columns[j * design.count + i]! * pulls[i]!
    largest = Math.max(largest, Math.abs(pull))
  }
  return largest / Math.max(l1Ratio, 0.01)
}
