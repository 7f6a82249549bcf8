import { enteredInBatch } from '../../../../processors/visits/evidence/entered-in-batch.ts'
import { at, facts, north, office, scores } from './facts.ts'

const batch = (place: (i: number) => ReturnType<typeof north> | null, more = {}) =>
  [0, 1, 2, 3].map((i) =>
    facts(`v${i}`, { occurredAt: at(`${9 + 2 * i}:00`), enteredAt: at(`20:0${2 * i}`), place: place(i), ...more }),
  )

test('a day entered in the evening, all from one place', () => {
  expect(
    scores(
      enteredInBatch,
      batch(() => north(0)),
    )['v0'],
  ).toBeGreaterThan(0.6)
})

test('from different places, or without positions, it is common practice', () => {
  expect(
    scores(
      enteredInBatch,
      batch((i) => north(3 * i)),
    ),
  ).toEqual({})
  expect(
    scores(
      enteredInBatch,
      batch(() => null),
    ),
  ).toEqual({})
})

test('a place of the customers is not the home', () => {
  const placesOf = () => [{ name: null, ...office, radiusM: null }]
  expect(
    scores(
      enteredInBatch,
      batch(() => north(0)),
      { placesOf },
    ),
  ).toEqual({})
})

test('one customer, or a few minutes, is no day', () => {
  expect(
    scores(
      enteredInBatch,
      batch(() => north(0), { customerId: 'c' }),
    ),
  ).toEqual({})
  expect(
    scores(
      enteredInBatch,
      batch(() => north(0), { occurredAt: at('9:00') }),
    ),
  ).toEqual({})
})

test('imported visits were not written at home, however many they are', () => {
  const imported = Array.from({ length: 100_000 }, (_, i) =>
    facts(`v${i}`, { occurredAt: at('9:00') + i * 60_000, enteredAt: at('9:00+90'), place: north(0) }),
  )
  expect(scores(enteredInBatch, imported)).toEqual({})
})
