import { clippedFeatures } from '../../../models/evaluation/clipped-features.ts'
import { fitStandardisation } from '../../../models/linear/standardise.ts'

const featureNames = ['balance', 'job', 'steady']

test('counts the values beyond the bounds on each side, and lists features without any', () => {
  const numbers = new Float32Array(3 * 1_000)
  for (let row = 0; row < 1_000; row++) numbers.set([row === 0 ? Number.NaN : row, row % 3, 5], 3 * row)
  const data = { rows: numbers, width: 3, count: 1_000, featureNames, categories: [null, ['a', 'b'], null] }
  const all = Int32Array.from({ length: 1_000 }, (_, row) => row)
  const standardisation = fitStandardisation(data, all, { by: 'quantile', share: 0.01 })
  expect(clippedFeatures(standardisation, data)).toEqual([
    { feature: 'balance', below: 9, above: 9, lower: 10, upper: 990 },
  ])
})
