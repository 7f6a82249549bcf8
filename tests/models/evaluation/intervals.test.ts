import { halfWidthOfMean, wilsonInterval } from '../../../models/evaluation/intervals.ts'

// Wilson’s interval of 5 in 10, and of 0 in 10, which is z²/(n + z²).
test.each([
  [0.5, 10, 0.2366, 0.7634],
  [0, 10, 0, 0.2775],
  [1, 10, 0.7225, 1],
])('the interval of a rate of %d in %d rows', (rate, count, lower, upper) => {
  const interval = wilsonInterval(rate, count)
  expect(interval.lower).toBeCloseTo(lower, 4)
  expect(interval.upper).toBeCloseTo(upper, 4)
})

// 1.96 standard errors of 2 / √4.
test('the interval of a mean', () => {
  expect(halfWidthOfMean(2, 4)).toBeCloseTo(1.96, 4)
})
