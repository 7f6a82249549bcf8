import { quantile } from '../../../models/evaluation/quantile.ts'
import { residualQuantiles } from '../../../models/evaluation/residuals.ts'

test('residualQuantiles is label minus estimate, in order', () => {
  const labels = Float64Array.from({ length: 101 }, (_, row) => row)
  const quantiles = residualQuantiles(labels, new Float64Array(101).fill(50))
  expect(quantiles.map(({ share }) => share)).toEqual([0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99])
  quantiles.forEach(({ share, residual }) => expect(residual).toBeCloseTo(100 * share - 50, 9))
  expect(residualQuantiles(new Float64Array(0), new Float64Array(0))).toEqual([])
})

test('quantile interpolates between neighbours', () => {
  expect(quantile(Float64Array.of(1, 2, 4), 0.75)).toBe(3)
  expect(quantile(Float64Array.of(7), 0.1)).toBe(7)
  expect(quantile(new Float64Array(0), 0.5)).toBeNaN()
})
