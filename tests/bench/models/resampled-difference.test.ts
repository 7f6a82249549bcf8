import { resampledDifference } from '../../../bench/models/resampled-difference.ts'

test('the interval is wider than that of independent splits, by the share of test rows', () => {
  const differences = [0.01, 0.02, 0.015, 0.03, 0]
  const { estimate, lower, upper } = resampledDifference(differences, 0.25)
  expect(estimate).toBeCloseTo(0.015, 12)
  const variance = differences.reduce((sum, one) => sum + (one - 0.015) ** 2, 0) / 4
  // 97.5 % quantile of Student’s t-distribution with four degrees of freedom.
  const reach = 2.776 * Math.sqrt(variance * (1 / 5 + 0.25))
  expect([lower, upper]).toEqual([expect.closeTo(0.015 - reach, 12), expect.closeTo(0.015 + reach, 12)])
})
