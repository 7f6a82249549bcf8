import fc from 'fast-check'
import { oftenFarFromPlaces } from '../../../../processors/visits/evidence/often-far-from-places.ts'
import { columnsOf } from '../../../../processors/visits/evidence/visit-columns.ts'
import { at, facts, north, nothingKnown, scores } from './facts.ts'

/** The known place of each customer is the office. */
const placesOf = () => [{ name: null, ...north(0), radiusM: null }]

/** Returns thirty visits on as many days, of which the first `out` were checked in elsewhere. */
const days = (out: number, kmOf = (i: number) => 2 + i, customerOf = (i: number) => `c${i}`) =>
  Array.from({ length: 30 }, (_, i) =>
    facts(`v${i}`, { occurredAt: at(`9:00+${i}`), customerId: customerOf(i), place: north(i < out ? kmOf(i) : 0) }),
  )

test('a third of the check-ins elsewhere: evidence against each of these', () => {
  const found = scores(oftenFarFromPlaces, days(12), { placesOf })
  expect(Object.keys(found)).toHaveLength(12)
  expect(found['v3']).toBeGreaterThan(0.7)
})

test('a few, those of few customers, or of customers who moved, are no evidence', () => {
  expect(scores(oftenFarFromPlaces, days(5), { placesOf })).toEqual({})
  expect(
    scores(
      oftenFarFromPlaces,
      days(12, undefined, (i) => `c${i % 4}`),
      { placesOf },
    ),
  ).toEqual({})
  const moved = days(
    12,
    (i) => 2 + (i % 6),
    (i) => `c${i % 6}`,
  )
  expect(scores(oftenFarFromPlaces, moved, { placesOf })).toEqual({})
})

test('without known places or positions nothing is evidence', () => {
  expect(scores(oftenFarFromPlaces, days(12))).toEqual({})
  const unplaced = days(12).map((visit, i) => (i < 12 ? { ...visit, checkIn: null } : visit))
  expect(scores(oftenFarFromPlaces, unplaced, { placesOf })).toEqual({})
})

test('in the stream the detector is left out only where it would find nothing', () => {
  const defaults = Object.fromEntries(
    Object.entries(oftenFarFromPlaces.parameters).map(([name, { value }]) => [name, value]),
  )
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 60 }), (kms) => {
      const made = kms.map((km, i) => ({
        ...facts(`v${i}`, { occurredAt: at(`9:00+${i}`), customerId: `c${i % 20}`, place: north(km < 6 ? 0 : km) }),
        places: placesOf(),
      }))
      const near = oftenFarFromPlaces.neighbourhood!(made.at(-1)!, columnsOf(made), defaults)
      const found = [...oftenFarFromPlaces.detect(made, defaults, { ...nothingKnown, placesOf })]
      if (near.hasNoEvidence) expect(found).toEqual([])
      else expect(near.visits).toEqual(made)
    }),
  )
})
