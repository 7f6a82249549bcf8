import { logGamma } from '../selection/chi-square-tail.ts'

const ROUNDS_MAX = 500
const PRECISION = 1e-15
const TINY = 1e-300

/** Returns P(Z ≥ z) for a standard normal variable; 1 for NaN. */
export function normalTail(z: number): number {
  if (Number.isNaN(z)) return 1
  const x = Math.abs(z) / Math.SQRT2
  const upper = 0.5 * complementaryError(x)
  return z >= 0 ? upper : 1 - upper
}

/** Returns P(T ≥ t) for Student's t, whose degrees of freedom may be fractional; 1 for NaN. */
export function studentTail(t: number, freedom: number): number {
  if (Number.isNaN(t) || !(freedom > 0)) return 1
  const upper = 0.5 * incompleteBeta(freedom / 2, 0.5, freedom / (freedom + t * t))
  return t >= 0 ? upper : 1 - upper
}

/**
 * Returns erfc(x) for x ≥ 0, by its series below 2 and by a continued fraction (DLMF 7.9.1) from there on, with a
 * relative error below 1e-14 in the tail.
 */
function complementaryError(x: number): number {
  if (x < 2) {
    let [term, sum] = [x, x]
    for (let n = 1; n < ROUNDS_MAX && Math.abs(term) > PRECISION * Math.abs(sum); n++) {
      term *= (-x * x) / n
      sum += term / (2 * n + 1)
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * sum
  }
  let fraction = 0
  for (let n = 80; n > 0; n--) fraction = n / 2 / (x + fraction)
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + fraction)
}

/**
 * Returns the regularised incomplete beta function I_x(a, b) by its continued fraction (DLMF 8.17.22) with Lentz's
 * method.
 */
function incompleteBeta(a: number, b: number, x: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x))
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(a, b, x)) / a : 1 - (front * betaFraction(b, a, 1 - x)) / b
}

function betaFraction(a: number, b: number, x: number): number {
  const away = (value: number) => (Math.abs(value) < TINY ? TINY : value)
  let c = 1
  let d = 1 / away(1 - ((a + b) * x) / (a + 1))
  let fraction = d
  for (let m = 1; m < ROUNDS_MAX; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / away(1 + even * d)
    c = away(1 + even / c)
    fraction *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / away(1 + odd * d)
    c = away(1 + odd / c)
    const step = d * c
    fraction *= step
    if (Math.abs(step - 1) < PRECISION) break
  }
  return fraction
}
