import { bootstrapDifference, bootstrapInterval } from '../../../models/evaluation/bootstrap.ts'
import { brierScore } from '../../../models/evaluation/metrics.ts'
import { random } from '../../../models/random.ts'

const meanOf = (values: Float64Array) => (rows: Int32Array) =>
  rows.reduce((sum, row) => sum + values[row]!, 0) / rows.length

describe('bootstrapInterval', () => {
  it('covers the true mean about as often as promised', () => {
    const next = random(11)
    let covered = 0
    for (let world = 0; world < 200; world++) {
      const values = Float64Array.from({ length: 60 }, () => next() + next() + next())
      const { lower, upper } = bootstrapInterval(60, meanOf(values), { seed: world, draws: 300, confidence: 0.9 })
      if (lower <= 1.5 && 1.5 <= upper) covered++
    }
    expect(covered).toBeGreaterThan(165)
    expect(covered).toBeLessThan(195)
  })

  it('returns the same interval for the same seed and another one for another seed', () => {
    const values = Float64Array.from({ length: 30 }, (_, i) => Math.sin(i))
    const first = bootstrapInterval(30, meanOf(values), { seed: 1 })
    expect(bootstrapInterval(30, meanOf(values), { seed: 1 })).toEqual(first)
    expect(bootstrapInterval(30, meanOf(values), { seed: 2 })).not.toEqual(first)
    expect(first.lower).toBeLessThan(first.estimate)
    expect(first.upper).toBeGreaterThan(first.estimate)
  })

  it('passes over draws for which the number is not defined', () => {
    const one = Float64Array.of(0, 0, 0, 5)
    const meanOfPositive = (rows: Int32Array) => {
      const positive = [...rows].filter((row) => one[row]! > 0)
      return positive.length === 0 ? Number.NaN : 5
    }
    expect(bootstrapInterval(4, meanOfPositive, { seed: 1 })).toEqual({ estimate: 5, lower: 5, upper: 5 })
    expect(bootstrapInterval(4, () => Number.NaN, { seed: 1, draws: 10 }).lower).toBeNaN()
  })
})

test('bootstrapDifference compares two models on the same draws', () => {
  const labels = Float64Array.from({ length: 100 }, (_, i) => i % 2)
  const good = labels.map((label, i) => (label === 1 ? 0.9 : 0.1) + 0.05 * Math.sin(i))
  const poor = labels.map((_, i) => 0.5 + 0.05 * Math.sin(i))
  const { estimate, lower, upper } = bootstrapDifference(brierScore, labels, good, poor, { seed: 3 })
  expect(estimate).toBeCloseTo(brierScore(labels, good) - brierScore(labels, poor), 12)
  expect(upper).toBeLessThan(0)
  expect(lower).toBeLessThan(estimate)
  expect(bootstrapDifference(brierScore, labels, good, good, { seed: 3 })).toEqual({ estimate: 0, lower: 0, upper: 0 })
})
