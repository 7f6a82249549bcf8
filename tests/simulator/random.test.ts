import fc from 'fast-check'
import {
  uniform,
  bernoulli,
  exponential,
  logNormal,
  normal,
  pick,
  poisson,
  random,
  sigmoid,
  weighted,
  uniformInteger,
} from '../../simulator/random.ts'

const draws = <T>(count: number, draw: () => T): T[] => Array.from({ length: count }, draw)
const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

describe('random', () => {
  it('is determined by its labels, and another label is another stream', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.integer()), { minLength: 1 }), (labels) => {
        const [one, same, other] = [random(...labels), random(...labels), random(...labels, 'x')]
        const drawn = draws(5, one)
        expect(draws(5, same)).toEqual(drawn)
        expect(draws(5, other)).not.toEqual(drawn)
        for (const value of drawn) expect(value >= 0 && value < 1).toBe(true)
      }),
    )
  })

  it('is even, also across neighbouring labels', () => {
    const buckets = new Array<number>(10).fill(0)
    for (let i = 0; i < 20_000; i++) {
      const bucket = Math.floor(random('seed', 'day', i)() * 10)
      buckets[bucket] = buckets[bucket]! + 1
    }
    // Chi-square with 9 degrees of freedom: the 99.9 % quantile is 27.9.
    expect(buckets.reduce((sum, count) => sum + (count - 2_000) ** 2 / 2_000, 0)).toBeLessThan(27.9)
  })

  it('draws from the distributions that it names', () => {
    const next = random('distributions')
    const normals = draws(20_000, () => normal(next, 3, 2))
    expect(meanOf(normals)).toBeCloseTo(3, 1)
    expect(meanOf(normals.map((value) => (value - 3) ** 2))).toBeCloseTo(4, 0)
    expect(meanOf(draws(20_000, () => poisson(next, 1.7)))).toBeCloseTo(1.7, 1)
    expect(meanOf(draws(20_000, () => exponential(next, 5)))).toBeGreaterThan(4.8)
    expect(draws(20_001, () => logNormal(next, 7, 0.5)).sort((a, b) => a - b)[10_000]).toBeCloseTo(7, 0)
    expect(meanOf(draws(20_000, () => (bernoulli(next, 0.3) ? 1 : 0)))).toBeCloseTo(0.3, 1)
    expect(new Set(draws(200, () => uniformInteger(next, 2, 4)))).toEqual(new Set([2, 3, 4]))
    expect(new Set(draws(200, () => pick(next, ['a', 'b'])))).toEqual(new Set(['a', 'b']))
    expect(meanOf(draws(20_000, () => (weighted(next, { a: 3, b: 1, c: 0 }) === 'a' ? 1 : 0)))).toBeCloseTo(0.75, 1)
    expect(draws(2_000, () => weighted(next, { a: 1, b: 0 }))).not.toContain('b')
    for (const value of draws(100, () => uniform(next, 5, 6))) expect(value).toBeGreaterThanOrEqual(5)
    expect(sigmoid(0)).toBe(0.5)
  })
})
