import fc from 'fast-check'
import { clusterTest } from '../../../models/drift/cluster-permutation.ts'
import { binnedNumbers, stabilityBand, stabilityIndex } from '../../../models/drift/stability-index.ts'
import { findSeason, seasonAt } from '../../../models/drift/season.ts'
import { normalTail, studentTail } from '../../../models/drift/tails.ts'
import { chiSquareTest, kolmogorovSmirnovTest } from '../../../models/drift/two-sample.ts'
import { random } from '../../../models/random.ts'
import { normal } from './drift-streams.ts'

describe('tails', () => {
  // Reference values of scipy.stats.norm.sf and scipy.stats.t.sf.
  test.each([
    [0, 0.5],
    [1.959963984540054, 0.025],
    [3, 1.3498980316300945e-3],
    [6, 9.865876450376981e-10],
    [-1, 0.8413447460685429],
  ])('of the normal distribution at %d', (z, tail) => expect(Math.abs(normalTail(z) / tail - 1)).toBeLessThan(1e-9))

  test.each([
    [2, 10, 0.03669401738537018],
    [7, 15, 2.1400577e-6],
    [1, 1, 0.25],
    [0, 3.5, 0.5],
    [-2, 10, 0.9633059826146299],
  ])('of Student’s t %d with %d degrees of freedom', (t, freedom, tail) =>
    expect(Math.abs(studentTail(t, freedom) / tail - 1)).toBeLessThan(1e-4),
  )

  test('with many degrees of freedom it is the normal one', () =>
    expect(studentTail(4, 1e7) / normalTail(4)).toBeCloseTo(1, 4))
})

describe('population stability index', () => {
  test('of two even bins that become 3 to 1', () => {
    // (0.75 − 0.5)·ln(1.5) + (0.25 − 0.5)·ln(0.5)
    expect(stabilityIndex([50_000, 50_000], [75_000, 25_000])).toBeCloseTo(
      0.25 * Math.log(1.5) - 0.25 * Math.log(0.5),
      4,
    )
  })

  test('is never below zero, and zero of the same shares', () => {
    const counts = fc.array(fc.nat(1_000), { minLength: 2, maxLength: 8 })
    fc.assert(fc.property(counts, counts, (a, b) => a.length !== b.length || stabilityIndex(a, b) >= 0))
    fc.assert(fc.property(counts, (a) => Math.abs(stabilityIndex(a, a)) < 1e-12))
  })

  test('its bands', () => expect([0.05, 0.1, 0.3].map(stabilityBand)).toEqual(['none', 'moderate', 'large']))

  test('a constant that changes is in another bin, and no row is lost', () => {
    expect(
      stabilityIndex(...binnedNumbers(new Float64Array(100).fill(1), new Float64Array(100).fill(2))),
    ).toBeGreaterThan(1)
    const values = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1 }).map((list) => Float64Array.from(list))
    const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0)
    fc.assert(
      fc.property(values, values, (a, b) => {
        const [before, after] = binnedNumbers(a, b)
        return total(before) === a.length && total(after) === b.length
      }),
    )
  })
})

describe('two samples', () => {
  test('Kolmogorov and Smirnov, as scipy.stats.ks_2samp', () => {
    const { size, pValue } = kolmogorovSmirnovTest(
      Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8),
      Float64Array.of(5, 6, 7, 8, 9, 10, 11, 12),
    )
    expect(size).toBe(0.5)
    expect(pValue).toBeGreaterThan(0.15)
    expect(pValue).toBeLessThan(0.3)
  })

  test('is symmetric, from 0 to 1, and 0 of the same sample', () => {
    const values = fc
      .array(fc.double({ noNaN: true, min: -5, max: 5 }), { minLength: 1 })
      .map((list) => Float64Array.from(list))
    fc.assert(
      fc.property(values, values, (a, b) => {
        const [one, other] = [kolmogorovSmirnovTest(a, b), kolmogorovSmirnovTest(b, a)]
        expect(one.size).toBeCloseTo(other.size, 12)
        expect(one.size >= 0 && one.size <= 1 && one.pValue >= 0 && one.pValue <= 1).toBe(true)
        expect(kolmogorovSmirnovTest(a, a).size).toBe(0)
      }),
    )
  })

  test('chi-square of a table of two by two, with Cramér’s V', () => {
    // scipy.stats.chi2_contingency([[10, 20], [20, 10]], correction=False): 6.667, p 0.00982.
    const { size, pValue } = chiSquareTest([10, 20], [20, 10])
    expect(size).toBeCloseTo(1 / 3, 10)
    expect(pValue).toBeCloseTo(0.009823, 5)
  })

  test('a category that neither has changes nothing', () => {
    expect(chiSquareTest([10, 20, 0], [20, 10, 0])).toEqual(chiSquareTest([10, 20], [20, 10]))
  })
})

describe('clusters', () => {
  test('rows of few customers look certain, and the customers do not', () => {
    const next = random(3)
    // Ten customers on each side, each with its own level in a hundred rows.
    const side = (from: number) => {
      const levels = Array.from({ length: 10 }, () => normal(next))
      return {
        scores: Array.from({ length: 1_000 }, (_, row) => levels[row % 10]! + 0.1 * normal(next)),
        clusters: Array.from({ length: 1_000 }, (_, row) => from + (row % 10)),
      }
    }
    const [a, b] = [side(0), side(10)]
    expect(kolmogorovSmirnovTest(Float64Array.from(a.scores), Float64Array.from(b.scores)).pValue).toBeLessThan(1e-6)
    const { byPermutation, byVariance } = clusterTest(a, b, 1)
    expect(byPermutation).toBeGreaterThan(0.01)
    expect(byVariance).toBeGreaterThan(0.01)
  })

  test('a shift of all customers is seen, and too few customers say nothing', () => {
    const next = random(4)
    const side = (level: number, clusters: number) => ({
      scores: Array.from({ length: 600 }, () => level + normal(next)),
      clusters: Array.from({ length: 600 }, (_, row) => row % clusters),
    })
    expect(clusterTest(side(0, 60), side(1, 60), 1)).toMatchObject({ byPermutation: 0.001 })
    expect(clusterTest(side(0, 4), side(1, 60), 1)).toEqual({ byPermutation: 1, byVariance: 1 })
  })
})

describe('seasons', () => {
  const places = Float64Array.from({ length: 120 }, (_, at) => at)

  test('a cycle is found with its period and strength', () => {
    const next = random(1)
    const season = findSeason(
      places,
      places.map((at) => 2 + Math.sin((2 * Math.PI * at) / 17) + 0.2 * normal(next)),
    )
    expect(season!.period).toBeCloseTo(17, 0)
    expect(seasonAt(season!, 17 / 4)).toBeCloseTo(1, 0)
  })

  test('noise has none', () => {
    for (let seed = 1; seed <= 50; seed++) {
      const next = random(seed)
      expect(
        findSeason(
          places,
          places.map(() => normal(next)),
        ),
      ).toBeUndefined()
    }
  })
})
