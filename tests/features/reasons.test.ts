import { reasonsFrom, valueInWords } from '../../features/reasons.ts'

test.each([
  [0.625, 'share', '62.5 %'],
  [1_234_567, 'minor units', '12,345.67'],
  [1, '1 or 0', 'yes'],
  [0, '1 or 0', 'no'],
  [90, 'seconds', '90 seconds'],
  [600, 'seconds', '10 minutes'],
  [9_000, 'seconds', '2.5 hours'],
  [3, 'days', '3 days'],
  [null, 'days', 'not known'],
] as const)('%s %s: %s', (value, unit, words) => {
  expect(valueInWords(value, unit)).toBe(words)
})

test('the largest contributions first, whatever their sign, and none that is nothing', () => {
  const features = ['a', 'b', 'c'].map((name) => ({ name, meaning: name.toUpperCase(), unit: '' }))
  const reasons = reasonsFrom(features, [1, Number.NaN, 3], Float64Array.of(0.1, -0.5, 0), 9)
  expect(reasons).toEqual([
    { feature: 'b', value: null, contribution: -0.5, words: 'B: not known (−0.50)' },
    { feature: 'a', value: 1, contribution: 0.1, words: 'A: 1 (+0.10)' },
  ])
})
