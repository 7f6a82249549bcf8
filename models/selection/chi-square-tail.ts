const ROUNDS_MAX = 1_000
const PRECISION = 1e-15

/**
 * Returns the probability that a chi-square variable with these degrees of freedom is at least `statistic`: Q(freedom ∕
 * 2, statistic ∕ 2).
 */
export function chiSquareTail(statistic: number, freedom: number): number {
  if (!(statistic > 0)) return 1
  const [a, x] = [freedom / 2, statistic / 2]
  const front = Math.exp(a * Math.log(x) - x - logGamma(a))
  return x < a + 1 ? 1 - front * lowerSeries(a, x) : front * upperFraction(a, x)
}

/** Returns P(a, x) ∕ (xᵃ e⁻ˣ ∕ Γ(a)) as a series (DLMF 8.7.1). */
function lowerSeries(a: number, x: number): number {
  let term = 1 / a
  let sum = term
  for (let n = 1; n < ROUNDS_MAX && term > sum * PRECISION; n++) {
    term *= x / (a + n)
    sum += term
  }
  return sum
}

/** Returns Q(a, x) ∕ (xᵃ e⁻ˣ ∕ Γ(a)) as a continued fraction (DLMF 8.9.2), by Lentz's method. */
function upperFraction(a: number, x: number): number {
  let b = x + 1 - a
  let c = 1e300
  let d = 1 / b
  let fraction = d
  for (let n = 1; n < ROUNDS_MAX; n++) {
    const factor = -n * (n - a)
    b += 2
    d = 1 / (factor * d + b)
    c = b + factor / c
    const step = c * d
    fraction *= step
    if (Math.abs(step - 1) < PRECISION) break
  }
  return fraction
}

/** Returns ln Γ(x) for x > 0, shifted up to where Stirling's series (DLMF 5.11.1) has full precision. */
export function logGamma(x: number): number {
  let shift = 0
  let at = x
  for (; at < 15; at++) shift += Math.log(at)
  const inverse = 1 / (at * at)
  const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse * (1 / 1680 - inverse / 1188)))) / at
  return (at - 0.5) * Math.log(at) - at + 0.5 * Math.log(2 * Math.PI) + series - shift
}
