import type { Interval } from '../../models/evaluation/bootstrap.ts'

/** Quantiles of Student's distribution at 97.5 %, for 1 to 19 degrees of freedom. */
const STUDENT = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11,
  2.101, 2.093,
]

/**
 * Returns the mean of paired differences over repeated splits of the same rows, with a 95 % interval. Splits share
 * rows, so their variance is corrected: σ²(1/n + test/train) (Nadeau and Bengio 2003). `testShare`: test rows ÷
 * training rows.
 */
export function resampledDifference(differences: readonly number[], testShare: number): Interval {
  const count = differences.length
  const estimate = differences.reduce((sum, difference) => sum + difference, 0) / count
  const variance = differences.reduce((sum, difference) => sum + (difference - estimate) ** 2, 0) / (count - 1)
  const reach = STUDENT[Math.min(count - 1, STUDENT.length) - 1]! * Math.sqrt(variance * (1 / count + testShare))
  return { estimate, lower: estimate - reach, upper: estimate + reach }
}
