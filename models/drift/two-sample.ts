import { chiSquareTail } from '../selection/chi-square-tail.ts'

/** Result of a two-sample test on independent rows. */
export interface TwoSample {
  /** Effect size: Kolmogorov–Smirnov distance or Cramér's V, from 0 (identical) to 1. */
  readonly size: number
  readonly pValue: number
}

/**
 * Runs the Kolmogorov–Smirnov test. The p-value is that of the limiting distribution with Stephens' (1970) correction;
 * ties make it conservative.
 */
export function kolmogorovSmirnovTest(reference: Float64Array, recent: Float64Array): TwoSample {
  const [a, b] = [reference.toSorted(), recent.toSorted()]
  if (a.length === 0 || b.length === 0) return { size: 0, pValue: 1 }
  let [i, j, size] = [0, 0, 0]
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i]!, b[j]!)
    while (i < a.length && a[i]! <= value) i++
    while (j < b.length && b[j]! <= value) j++
    size = Math.max(size, Math.abs(i / a.length - j / b.length))
  }
  const root = Math.sqrt((a.length * b.length) / (a.length + b.length))
  return { size, pValue: kolmogorovTail((root + 0.12 + 0.11 / root) * size) }
}

/**
 * Runs Pearson's chi-square test on two lists of counts by category, with Cramér's V. Categories absent from both are
 * ignored.
 */
export function chiSquareTest(reference: ArrayLike<number>, recent: ArrayLike<number>): TwoSample {
  const pairs = Array.from(reference, (count, at) => [count, recent[at]!] as const).filter(([a, b]) => a + b > 0)
  const [n, m] = [0, 1].map((side) => pairs.reduce((sum, pair) => sum + pair[side]!, 0)) as [number, number]
  if (n === 0 || m === 0 || pairs.length < 2) return { size: 0, pValue: 1 }
  const statistic = pairs.reduce((sum, [a, b]) => {
    const [forA, forB] = [((a + b) * n) / (n + m), ((a + b) * m) / (n + m)]
    return sum + (a - forA) ** 2 / forA + (b - forB) ** 2 / forB
  }, 0)
  return { size: Math.sqrt(statistic / (n + m)), pValue: chiSquareTail(statistic, pairs.length - 1) }
}

/** Returns P(K ≥ x) of Kolmogorov's distribution (Marsaglia, Tsang and Wang 2003). */
function kolmogorovTail(x: number): number {
  if (x < 0.2) return 1
  if (x < 1.18) {
    let sum = 0
    for (let k = 1; k <= 20; k++) sum += Math.exp((-((2 * k - 1) ** 2) * Math.PI ** 2) / (8 * x * x))
    return Math.max(0, 1 - (Math.sqrt(2 * Math.PI) / x) * sum)
  }
  let sum = 0
  for (let k = 1; k <= 20; k++) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k * k * x * x)
  return Math.min(1, Math.max(0, sum))
}
