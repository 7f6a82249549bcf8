import {
  attemptsWords,
  bestHourWords,
  dueWords,
  standingWords,
} from '../../../../../dashboard/src/calls/campaigns/queue-words.ts'

const NOW = Date.UTC(2026, 5, 15, 9)
const at = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString()
const due = (state: string, dueAt: string | null, refusedUntil: string | null = null) =>
  dueWords({ state, dueAt, refusedUntil } as never, NOW)

test('who waits is due now, later, or not before the rule allows it', () => {
  expect(due('waiting', null)).toBe('due now')
  expect(due('waiting', at(0), at(-1))).toBe('due now')
  expect(due('waiting', at(1), at(5))).toMatch(/^due 15 Jun 2026/)
  expect(due('waiting', at(-1), at(5))).toMatch(/^may not be called now, next try 15 Jun 2026/)
  expect(due('calling', null)).toBeUndefined()
})

test('the best hour ends at midnight, too', () => {
  expect([9, 23].map(bestHourWords)).toEqual([
    'answers best 09:00–10:00, customer’s time',
    'answers best 23:00–00:00, customer’s time',
  ])
  expect(bestHourWords(null)).toBeUndefined()
})

test('calls so far', () => {
  const words = (attempts: number, lastDisposition: string | null) => attemptsWords({ attempts, lastDisposition })
  expect(words(0, null)).toBe('not called yet')
  expect(words(1, null)).toBe('called once')
  expect(words(3, 'no-answer')).toBe('called 3 times, last outcome: no answer')
})

test('states are listed in the order of the customer’s way, those that are not known last', () => {
  const counts = Object.entries({ asleep: 1, done: 2, removed: 0, waiting: 1_200 })
  expect(standingWords(counts.map(([state, customers]) => ({ state, customers })))).toBe(
    'Waiting: 1,200 · Finished: 2 · Asleep: 1',
  )
})
