import { noJitter } from '../../../../processors/visits/evidence/no-jitter.ts'
import { at, facts, fix, scores } from './facts.ts'

const equal = (visitId: string, time: string, customerId: string, more = {}) =>
  facts(visitId, { occurredAt: at(time), customerId, place: fix(31.230417, 121.473701, more) })
const days = (count: number, customerOf: (i: number) => string, more = {}) =>
  Array.from({ length: count }, (_, i) => equal(`v${i}`, `9:00+${i}`, customerOf(i), more))

test('equal positions with several customers', () => {
  const found = scores(
    noJitter,
    days(6, (i) => `c${i}`),
    { repeatedPositions: 0.01 },
  )
  expect(found['v0']).toBe(1)
  expect(Object.keys(found)).toHaveLength(6)
})

test('with one customer it counts less, and only if it is known to be unusual', () => {
  const visits = days(6, () => 'c')
  expect(scores(noJitter, visits, { repeatedPositions: 0.01 })['v0']).toBeCloseTo(0.7)
  expect(scores(noJitter, visits)).toEqual({})
})

test.each([
  ['where the CRM fills positions in', days(6, (i) => `c${i}`), 0.5],
  ['of two visits only', days(2, (i) => `c${i}`), 0],
  ['of old positions', days(6, (i) => `c${i}`, { ageS: 3_600 }), 0],
  ['of rounded positions', days(6, (i) => `c${i}`, { latitude: 31.23, longitude: 121.473 }), 0],
  ['minutes apart', [0, 1, 2, 3].map((i) => equal(`v${i}`, `9:0${i}`, `c${i}`)), 0],
])('%s it is none', (_, visits, repeatedPositions) =>
  expect(scores(noJitter, visits, { repeatedPositions })).toEqual({}),
)

test('positions that equal the known places of customers to the last digit', () => {
  const placesOf = (customerId: string) => [
    { name: null, latitude: 31.230417 + Number(customerId) / 100, longitude: 121.473701, radiusM: null },
  ]
  const visits = [0, 1, 2, 3].map((i) =>
    facts(`v${i}`, { occurredAt: at(`9:00+${i}`), customerId: String(i), place: fix(31.230417 + i / 100, 121.473701) }),
  )
  expect(scores(noJitter, visits, { placesOf, repeatedPositions: 0.01 })['v0']).toBeGreaterThan(0.6)
  // If the organisation’s habits are unknown, the CRM may have filled the positions in.
  expect(scores(noJitter, visits, { placesOf })).toEqual({})
})
