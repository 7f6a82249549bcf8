import { logOddsBeta, type LogOddsBeta, type Posterior } from './beta.ts'

/**
 * Panel boundaries in standard deviations from a peak: ±40 hold all but 10⁻¹⁷ of any beta distribution with parameters
 * ≥ 1.
 */
const BREAKS = [0, 0.75, 1.5, 2.25, 3, 4, 5, 6.5, 9, 13, 18, 26, 40]
/** Positive nodes and weights of eight-point Gauss–Legendre quadrature on [−1, 1] (DLMF 3.5.v). */
const NODES: readonly (readonly [node: number, weight: number])[] = [
  [0.1834346424956498, 0.362683783378362],
  [0.525532409916329, 0.3137066458778873],
  [0.7966664774136267, 0.2223810344533745],
  [0.9602898564975363, 0.1012285362903763],
]
/** Points where every density is below this are skipped. */
const NEGLIGIBLE = 1e-17

/**
 * Returns for each posterior the probability that its rate is the largest, ∫ fᵢ(θ) ∏ Fⱼ(θ) dθ over the others j, by
 * Gauss–Legendre quadrature on panels refined around every distribution. The results sum to 1 and are the selection
 * probabilities of Thompson sampling.
 */
export function probabilityBest(posteriors: readonly Posterior[]): number[] {
  if (posteriors.length === 1) return [1]
  const distributions = posteriors.map(logOddsBeta)
  const sums = posteriors.map(() => 0)
  const breaks = breaksOf(distributions)
  for (let index = 1; index < breaks.length; index++) {
    const middle = (breaks[index]! + breaks[index - 1]!) / 2
    const half = (breaks[index]! - breaks[index - 1]!) / 2
    for (const [node, weight] of NODES) {
      addAt(sums, distributions, middle - half * node, half * weight)
      addAt(sums, distributions, middle + half * node, half * weight)
    }
  }
  const whole = sums.reduce((sum, one) => sum + one, 0)
  return sums.map((one) => one / whole)
}

function breaksOf(distributions: readonly LogOddsBeta[]): readonly number[] {
  const all = distributions.flatMap(({ centre, deviation }) =>
    BREAKS.flatMap((step) => [centre - step * deviation, centre + step * deviation]),
  )
  return [...new Set(all)].sort((one, other) => one - other)
}

function addAt(sums: number[], distributions: readonly LogOddsBeta[], at: number, weight: number): void {
  const densities = distributions.map((one) => one.density(at))
  if (densities.every((density) => density < NEGLIGIBLE)) return
  const below = distributions.map((one) => one.below(at))
  for (const [index, density] of densities.entries()) {
    if (density < NEGLIGIBLE) continue
    let best = density
    for (const [other, share] of below.entries()) if (other !== index) best *= share
    sums[index]! += weight * best
  }
}
