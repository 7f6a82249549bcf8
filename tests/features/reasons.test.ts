import { reasonsFrom, formatFeatureValue } from '../../features/reasons.ts'

test.each([
  [0.625, 'share', '62.5 %'],
  [1_234_567, 'minor units', '12,345.67'],
  [1, '1 or 0', 'yes'],
  [0, '1 or 0', 'no'],
  [90, 'seconds', '90 seconds'],
  [600, 'seconds', '10 minutes'],
  [9_000, 'seconds', '2.5 hours'],
  [3, 'days', '3 days'],
  [Math.log1p(250), 'logarithm', '250'],
  [Math.log1p(1_234_567), 'logarithm of minor units', '12,345.67'],
  [null, 'days', 'not known'],
] as const)('%s %s: %s', (value, unit, words) => {
  expect(formatFeatureValue(value, unit)).toBe(words)
})

test('the largest contributions first, whatever their sign, and none that is nothing', () => {
  const features = ['a', 'b', 'c'].map((name) => ({ name, meaning: name.toUpperCase(), unit: '' }))
  const reasons = reasonsFrom(features, [1, Number.NaN, 3], Float64Array.of(0.1, -0.5, 0), 9)
  expect(reasons).toEqual([
    { feature: 'b', value: null, contribution: -0.5, names: [], usual: null, words: 'B: not known (lowers the score)' },
    { feature: 'a', value: 1, contribution: 0.1, names: [], usual: null, words: 'A: 1 (raises the score)' },
  ])
})

test('a hashed feature is described by the names in it, never by the number of its group', () => {
  const features = ['a', 'b'].map((name) => ({
    name,
    meaning: 'Things, group 26 of 32',
    unit: 'times',
    hashed: 'Looked lately at',
  }))
  const behind = new Map([['a', ['insurance', 'mortgages', 'funds', 'gold']]])
  const words = reasonsFrom(features, [4.2, 0], Float64Array.of(0.5, -0.1), 9, behind).map((reason) => reason.words)
  expect(words).toEqual([
    'Looked lately at insurance, mortgages, funds: 4.2 times (raises the score)',
    'Looked lately at others: 0 times (lowers the score)',
  ])
})

test('a number weighted by recency has no unit, because it counts nothing', () => {
  const features = [{ name: 'calls.countDecayed30d', meaning: 'with a half-life of 30d', unit: 'calls' }]
  const [reason] = reasonsFrom(features, [4.2], Float64Array.of(0.5), 1)
  expect(reason!.words).toBe('Calls, mostly of the last weeks: 4.2 (raises the score)')
})
