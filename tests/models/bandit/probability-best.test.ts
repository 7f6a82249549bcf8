import fc from 'fast-check'
import type { Posterior } from '../../../models/bandit/beta.ts'
import { probabilityBest } from '../../../models/bandit/probability-best.ts'
import { logGamma } from '../../../models/selection/chi-square-tail.ts'

const posterior = fc
  .tuple(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 0, max: 50_000 }))
  .map(([converted, not]): Posterior => ({ alpha: 1 + converted, beta: 1 + not }))
const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0)
const logBeta = (a: number, b: number) => logGamma(a) + logGamma(b) - logGamma(a + b)

/** Computes P(second > first) in closed form for integer parameters (Cook 2005). */
function secondIsBetter(first: Posterior, second: Posterior): number {
  let total = 0
  for (let i = 0; i < second.alpha; i++)
    total += Math.exp(
      logBeta(first.alpha + i, first.beta + second.beta) -
        Math.log(second.beta + i) -
        logBeta(1 + i, second.beta) -
        logBeta(first.alpha, first.beta),
    )
  return total
}

test('for two it agrees with the closed form', () => {
  fc.assert(
    fc.property(posterior, posterior, (first, second) => {
      expect(probabilityBest([first, second])[1]).toBeCloseTo(secondIsBetter(first, second), 8)
    }),
    { numRuns: 50 },
  )
})

test('an arm without data beats a known rate as often as it is above it', () => {
  fc.assert(
    fc.property(posterior, (known) => {
      const mean = known.alpha / (known.alpha + known.beta)
      expect(probabilityBest([known, { alpha: 1, beta: 1 }])[0]).toBeCloseTo(mean, 9)
    }),
    { numRuns: 50 },
  )
})

test('they sum to 1, whatever is known, and do not depend on the order', () => {
  fc.assert(
    fc.property(fc.array(posterior, { minLength: 1, maxLength: 6 }), (all) => {
      const best = probabilityBest(all)
      expect(sum(best)).toBeCloseTo(1, 12)
      const reversed = probabilityBest([...all].reverse()).reverse()
      for (const [index, one] of best.entries()) expect(reversed[index]).toBeCloseTo(one, 9)
    }),
    { numRuns: 50 },
  )
})

test('equal ones are equally likely to be the best, and a clearly worse one is not', () => {
  const good = { alpha: 101, beta: 901 }
  const [first, second, worse] = probabilityBest([good, good, { alpha: 31, beta: 971 }])
  expect(first).toBeCloseTo(second!, 12)
  expect(first).toBeCloseTo(0.5, 6)
  expect(worse).toBeLessThan(1e-6)
})

// Order statistics of uniform numbers: each of n is the largest with probability 1/n; x against the larger of two is ∫
// x² dx.
test('of three', () => {
  const uniform = { alpha: 1, beta: 1 }
  expect(probabilityBest([uniform, uniform, uniform])[0]).toBeCloseTo(1 / 3, 12)
  // The third is distributed as the larger of two uniform numbers: P = E[x²] = 1/2 against the two others.
  expect(probabilityBest([uniform, uniform, { alpha: 2, beta: 1 }])[2]).toBeCloseTo(1 / 2, 9)
})
