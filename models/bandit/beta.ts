import { logGamma } from '../selection/chi-square-tail.ts'

/** Posterior of a rate: a beta distribution with both parameters at least 1. */
export interface Posterior {
  readonly alpha: number
  readonly beta: number
}

/** Distribution of the log odds θ of a beta-distributed rate: smooth and unimodal even with little evidence. */
export interface LogOddsBeta {
  readonly centre: number
  readonly deviation: number
  density(logOdds: number): number
  /** Cumulative distribution function. */
  below(logOdds: number): number
}

const ROUNDS_MAX = 10_000
const PRECISION = 1e-15

export function logOddsBeta({ alpha, beta }: Posterior): LogOddsBeta {
  const logBeta = logGamma(alpha) + logGamma(beta) - logGamma(alpha + beta)
  const density = (at: number) =>
    Math.exp(-alpha * Math.log1p(Math.exp(-at)) - beta * Math.log1p(Math.exp(at)) - logBeta)
  return {
    centre: Math.log(alpha / beta),
    deviation: Math.sqrt(1 / alpha + 1 / beta),
    density,
    below(at) {
      const rate = 1 / (1 + Math.exp(-at))
      return rate < (alpha + 1) / (alpha + beta + 2)
        ? (density(at) * fraction(alpha, beta, rate)) / alpha
        : 1 - (density(at) * fraction(beta, alpha, 1 / (1 + Math.exp(at)))) / beta
    },
  }
}

/** Evaluates the continued fraction of the incomplete beta function (DLMF 8.17.22) by Lentz's method. */
function fraction(a: number, b: number, x: number): number {
  let c = 1
  let d = 1 / (1 - ((a + b) * x) / (a + 1))
  let value = d
  for (let m = 1; m < ROUNDS_MAX; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / (1 + even * d)
    c = 1 + even / c
    value *= c * d
    d = 1 / (1 + odd * d)
    c = 1 + odd / c
    const step = c * d
    value *= step
    if (Math.abs(step - 1) < PRECISION) break
  }
  return value
}
