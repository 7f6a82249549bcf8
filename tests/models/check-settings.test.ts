import { wrongSettings } from '../../models/check-settings.ts'

const rules = {
  trees: [1, 10, true],
  rate: [0, 1, false],
  weights: { oneOf: ['none', 'balanced'] },
  fast: 'flag',
} as const

test('settings that are right, or not given', () => {
  expect(wrongSettings({ trees: 1, rate: 1, weights: 'none', fast: false, other: {} }, rules, ['other'])).toEqual([])
  expect(wrongSettings({ trees: undefined, nothing: undefined }, rules)).toEqual([])
})

test('an unknown name is reported with the known ones', () => {
  expect(wrongSettings({ tress: 100, treees: 1 }, rules, ['other'])).toEqual([
    'There is no setting tress, treees. There are: fast, other, rate, trees, weights.',
  ])
})

test.each([
  [{ trees: 0 }, 'trees is 0: it must be a whole number from 1 to 10.'],
  [{ trees: 2.5 }, 'trees is 2.5: it must be a whole number from 1 to 10.'],
  [{ trees: '5' }, 'trees is 5: it must be a whole number from 1 to 10.'],
  [{ rate: Number.NaN }, 'rate is NaN: it must be a number from 0 to 1.'],
  [{ rate: true }, 'rate is true: it must be a number from 0 to 1.'],
  [{ weights: 'some' }, 'weights is some: it must be none or balanced.'],
  [{ fast: 1 }, 'fast is 1: it must be true or false.'],
])('%j is refused', (given, words) => expect(wrongSettings(given, rules)).toEqual([words]))
