import { assessVisits } from '../../../processors/visits/assess-visits.ts'
import { defaultPolicy } from '../../../processors/visits/default-policy.ts'
import { DAY_MS } from '../scoring-fixtures.ts'

const points = (...probabilities: (number | null)[]) =>
  probabilities.map((probability, index) => ({ at: index * DAY_MS, probability }))
const verdict = (...probabilities: (number | null)[]) =>
  assessVisits(defaultPolicy.rules, probabilities.length, points(...probabilities)).verdict

test.each([
  ['few visits say nothing', [0.1, 0.1, 0.1], 'fine'],
  ['five visits with a low probability move nothing', [0.5, 0.4, 0.3, 0.2, 0.19], 'invalid'],
  ['a probability at the limit is not below it', [0.9, 0.7, 0.5, 0.3, 0.2], 'fine'],
  ['four visits in ten days that move nothing are suspected to be false', [0.5, 0.505, 0.51, 0.515], 'suspected_false'],
  ['a movement of two hundredths is movement', [0.5, 0.5, 0.5, 0.52], 'fine'],
  ['the first rule that applies decides', [0.1, 0.1, 0.1, 0.1, 0.1], 'invalid'],
  ['without probabilities the rules about them do not apply', [null, null, null, null, null, null], 'fine'],
] as const)('%s', (_title, probabilities, expected) => {
  expect(verdict(...probabilities)).toBe(expected)
})

test('only visits within the days before the latest one count', () => {
  const spread = [0, 1, 2, 20].map((day) => ({ at: day * DAY_MS, probability: 0.5 }))
  expect(assessVisits(defaultPolicy.rules, 4, spread).verdict).toBe('fine')
})

test('reasons contain the numbers', () => {
  const { reasons } = assessVisits(defaultPolicy.rules, 5, points(0.5, 0.4, 0.3, 0.2, 0.123))
  expect(reasons.map(({ code }) => code)).toEqual(['VISIT_COUNT', 'LOW_PROBABILITY'])
  expect(reasons[1]!.text).toBe('The conversion probability is 0.123, below 0.2.')
})
