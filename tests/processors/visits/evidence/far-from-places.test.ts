import fc from 'fast-check'
import { rangeOf } from '../../../../features/visits/places.ts'
import { farFromPlaces } from '../../../../processors/visits/evidence/far-from-places.ts'
import { at, facts, north, office, scores } from './facts.ts'

const place = { name: 'head office', ...office, radiusM: 300 }
const branch = { name: 'branch', latitude: office.latitude + 1, longitude: office.longitude, radiusM: 300 }
const found = (km: number, more = {}, places = [place, branch]) =>
  scores(farFromPlaces, [facts('a', { occurredAt: at('9:00'), place: north(km, more) })], { placesOf: () => places })

test('outside of every place, the farther the more', () => {
  expect(found(1)['a']).toBeLessThan(0.5)
  expect(found(20)['a']).toBeGreaterThan(0.7)
  expect(found(120, {}, [place])['a']).toBe(1)
})

test('if the customer may have moved it counts half', () => {
  const days = (spots: readonly number[]) =>
    spots.map((km, i) => facts(`v${i}`, { occurredAt: at(`9:00+${i}`), customerId: 'c', place: north(km) }))
  const scoresOf = (spots: readonly number[]) => scores(farFromPlaces, days(spots), { placesOf: () => [place] })
  expect(scoresOf([5, 5.1, 5.05])['v0']).toBeCloseTo(scoresOf([5, 9, 20])['v0']! / 2, 1)
})

test('the nearest place counts', () => expect(found(111.1)).toEqual({}))

test.each([
  ['in range', 0.2, {}, [place]],
  ['where the uncertainty may reach it', 2, { accuracyM: 1_900 }, [place]],
  ['by an old position', 5, { ageS: 4_000 }, [place]],
  ['without a known place', 5, {}, []],
])('%s it is none', (_, km, more, places) => expect(found(km, more, places)).toEqual({}))

test('a larger uncertainty never brings a position out of range', () => {
  const settings = { radiusM: 300, accuracyUnknownM: 200, ageMaxS: 900 }
  fc.assert(
    fc.property(fc.double({ min: 0, max: 50, noNaN: true }), fc.nat(5_000), fc.nat(5_000), (km, accuracyM, more) => {
      const isOut = (accuracy: number) =>
        rangeOf(north(km, { accuracyM: accuracy }), [place], settings).is === 'out of range'
      expect(isOut(accuracyM + more) && !isOut(accuracyM)).toBe(false)
    }),
  )
})
