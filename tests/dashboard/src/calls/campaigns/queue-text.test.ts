import {
  attemptsText,
  bestHourText,
  dueText,
  isInterestUnknown,
  orderText,
  stateCountsText,
  valueTexts,
} from '../../../../../dashboard/src/calls/campaigns/queue-text.ts'

const NOW = Date.UTC(2026, 5, 15, 9)
const at = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString()
const due = (state: string, dueAt: string | null, refusedUntil: string | null = null) =>
  dueText({ state, dueAt, refusedUntil } as never, NOW)

test('a waiting customer is due now, later, or not before the rule allows it', () => {
  expect(due('waiting', null)).toBe('due now')
  expect(due('waiting', at(0), at(-1))).toBe('due now')
  expect(due('waiting', at(1), at(5))).toMatch(/^due 15 Jun 2026/)
  expect(due('waiting', at(-1), at(5))).toMatch(/^may not be called now, next attempt 15 Jun 2026/)
  expect(due('calling', null)).toBeUndefined()
})

test('the best hour ends at midnight, too', () => {
  expect([9, 23].map(bestHourText)).toEqual([
    'best time to call 09:00–10:00 local time',
    'best time to call 23:00–00:00 local time',
  ])
  expect(bestHourText(null)).toBeUndefined()
})

test('calls so far', () => {
  const words = (attempts: number, lastDisposition: string | null) => attemptsText({ attempts, lastDisposition })
  expect(words(0, null)).toBe('not called yet')
  expect(words(1, null)).toBe('called once')
  expect(words(3, 'no-answer')).toBe('called 3 times, last outcome: no answer')
})

test('states are listed in the order that a customer passes through, unknown ones last', () => {
  const counts = Object.entries({ asleep: 1, done: 2, removed: 0, waiting: 1_200 })
  expect(stateCountsText(counts.map(([state, customers]) => ({ state, customers })))).toBe(
    'Waiting: 1,200 · Finished: 2 · Asleep: 1',
  )
})

test('the order of a list, and the value of a call by it', () => {
  const entry = { expectedValue: 100, value: 200, probability: 0.5, interest: null, interestValue: null }
  expect(orderText({ order: 'expected-value', product: 'card' })).toBe('expected value')
  expect(valueTexts(entry)).toEqual({ worth: 'expected value 100', about: 'worth 200, 50.0 % likely to succeed' })
  expect(valueTexts({ ...entry, probability: null }).about).toBe('worth 200, no score yet')
  expect(orderText({ order: 'best-interest', product: 'consumer-loan' })).toBe('interest in consumer loan')
  expect(valueTexts({ ...entry, interest: 0.25, interestValue: 50 })).toEqual({
    ...{ worth: 'value by interest 50', about: 'worth 200, 25.0 % likely to want it' },
  })
  expect(valueTexts({ ...entry, interestValue: 0.2 }).about).toBe('worth 200, interest unknown')
})

test('a product without any known interest is distinguished from an order that needs none', () => {
  const [unknown, known] = [
    { interest: null, interestValue: 0.2 },
    { interest: 0.5, interestValue: 100 },
  ]
  expect([[], [unknown], [unknown, known], [{ interest: null, interestValue: null }]].map(isInterestUnknown)).toEqual([
    ...[false, true, false, false],
  ])
})
