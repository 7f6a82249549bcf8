import { onePlaceManyCustomers } from '../../../../processors/visits/evidence/one-place-many-customers.ts'
import { at, facts, north, scores } from './facts.ts'

/** Customers are five kilometres apart; visits are days apart. */
const placesOf = (customerId: string) => [{ name: null, ...north(5 * Number(customerId) + 3), radiusM: null }]
const days = (placeOf: (i: number) => ReturnType<typeof north>) =>
  [0, 1, 2, 3, 4].map((i) => facts(`v${i}`, { occurredAt: at(`9:00+${i}`), customerId: String(i), place: placeOf(i) }))

test('visits of five customers, all checked in from home', () => {
  const found = scores(
    onePlaceManyCustomers,
    days((i) => north(0.01 * i)),
    { placesOf },
  )
  expect(Object.keys(found)).toHaveLength(5)
  expect(found['v2']).toBeGreaterThan(0.7)
})

test('at the customers, or each somewhere else, or without known places it is no evidence', () => {
  expect(
    scores(
      onePlaceManyCustomers,
      days((i) => north(5 * i + 3)),
      { placesOf },
    ),
  ).toEqual({})
  expect(
    scores(
      onePlaceManyCustomers,
      days((i) => north(-3 * i)),
      { placesOf },
    ),
  ).toEqual({})
  expect(
    scores(
      onePlaceManyCustomers,
      days(() => north(0)),
    ),
  ).toEqual({})
})

test('the branch that all customers come to is one of their places', () => {
  const branch = { name: 'branch', ...north(0), radiusM: null }
  expect(
    scores(
      onePlaceManyCustomers,
      days(() => north(0)),
      { placesOf: () => [branch] },
    ),
  ).toEqual({})
})
