import fc from 'fast-check'
import {
  columnOf,
  hitRate,
  labelLogLoss,
  labelLossDifference,
  labelMetrics,
  popularity,
} from '../../../models/evaluation/label-metrics.ts'
import { logLoss } from '../../../models/evaluation/metrics.ts'

const nan = Number.NaN
/** Three labels per row. */
const of = (labels: readonly number[], scores: readonly number[]) => ({
  outputs: 3,
  labels: Float64Array.from(labels),
  scores: Float64Array.from(scores),
})

test('the loss is that of the labels that are known', () => {
  const loss = labelLogLoss(of([1, nan, 0, nan, nan, 1], [0.8, 0.1, 0.4, 0.5, 0.5, 0.9]))
  expect(loss).toBeCloseTo(-(Math.log(0.8) + Math.log(0.6) + Math.log(0.9)) / 3)
  expect(labelLogLoss(of([nan, nan, nan], [0.1, 0.2, 0.3]))).toBeNaN()
})

test('a hit is an accepted item among the best; rows without information do not count', () => {
  const labels = [1, 0, 0, /**/ 0, 1, nan, /**/ 0, 0, 0, /**/ 1, nan, nan]
  const scores = [0.9, 0.5, 0.1, /**/ 0.9, 0.5, 1, /**/ 0.1, 0.2, 0.3, /**/ 0.1, 0.9, 0.9]
  // The first row is a hit, the second is not; the third has no positive label, the fourth has one label only.
  expect(hitRate(of(labels, scores), 1)).toBe(0.5)
  expect(hitRate(of(labels, scores), 2)).toBe(1)
  expect(hitRate(of([nan, nan, 1], [1, 1, 1]), 1)).toBeNaN()
})

test('numbers that are not defined are left out', () => {
  expect(Object.keys(labelMetrics(of([1, nan, nan], [0.5, 0.5, 0.5])))).toEqual(['logLoss', 'averagePrecision'])
  const all = labelMetrics(of([1, 0, 0, 0, 1, 1], [0.9, 0.1, 0.2, 0.1, 0.9, 0.8]))
  expect(all).toMatchObject({ auc: 1, averagePrecision: 1, hitRateAt1: 1 })
})

test('the popularity is the share of ones among the known labels, shrunk towards a half', () => {
  expect([...popularity(Float64Array.from([1, nan, 0, 1, nan, 0]), 3)]).toEqual([2.5 / 3, 0.5, 0.5 / 3])
})

test('the difference of two losses is that of the means, and its interval holds it', () => {
  const label = fc.constantFrom(0, 1, nan)
  const score = fc.double({ min: 0.01, max: 0.99, noNaN: true })
  fc.assert(
    fc.property(fc.array(fc.tuple(label, score, score), { minLength: 30, maxLength: 90 }), (cells) => {
      const whole = cells.slice(0, cells.length - (cells.length % 3))
      if (whole.every(([one]) => Number.isNaN(one))) return
      const one = of(
        whole.map(([value]) => value),
        whole.map(([, value]) => value),
      )
      const others = Float64Array.from(whole, ([, , value]) => value)
      const { estimate, lower, upper } = labelLossDifference(one, others, { seed: 1, draws: 50 })
      expect(estimate).toBeCloseTo(labelLogLoss(one) - labelLogLoss({ ...one, scores: others }), 9)
      expect(lower).toBeLessThanOrEqual(upper)
    }),
    { numRuns: 30 },
  )
})

test('a column holds the known labels of one item', () => {
  const { labels, scores } = columnOf(of([1, 0, nan, 0, 1, 1], [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]), 2)
  expect([[...labels], [...scores]]).toEqual([[1], [0.6]])
  expect(logLoss(labels, scores)).toBeCloseTo(-Math.log(0.6))
})
