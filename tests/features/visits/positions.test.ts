import fc from 'fast-check'
import { distanceM, isSwapped, positionOf } from '../../../features/visits/positions.ts'

const told = (latitude: number, longitude: number) => ({
  latitude,
  longitude,
  accuracyM: null,
  ageS: null,
  mocked: null,
})
const shanghai = told(31.23, 121.47)
const berlin = told(52.52, 13.405)

test.each([
  [0, 0, 'zero'],
  [0.00004, -0.00001, 'zero'],
  [121.47, 31.23, 'swapped'],
  [200, 31, 'out of range'],
  [31, 181, 'out of range'],
  [Number.NaN, 31, 'out of range'],
])('%d, %d is no place: %s', (latitude, longitude, fault) => expect(positionOf(told(latitude, longitude))).toBe(fault))

test('a place is unchanged, on the equator and the meridian too', () => {
  expect(positionOf(shanghai)).toEqual(shanghai)
  expect(positionOf(told(0, 9.45))).toMatchObject({ latitude: 0 })
  expect(positionOf(null)).toBeNull()
})

test('distances, over the date line too', () => {
  // A quarter of a meridian of the mean sphere.
  expect(distanceM(told(0, 9), told(90, 50)) / 1_000).toBeCloseTo(10_007.56, 1)
  expect(distanceM(told(0, 179.5), told(0, -179.5)) / 1_000).toBeCloseTo(111.2, 1)
})

test('a distance is symmetric, and at most half of the globe', () => {
  const place = fc.record({
    latitude: fc.double({ min: -90, max: 90, noNaN: true }),
    longitude: fc.double({ min: -180, max: 180, noNaN: true }),
  })
  fc.assert(
    fc.property(place, place, (one, other) => {
      expect(distanceM(one, other)).toBeCloseTo(distanceM(other, one), 3)
      expect(distanceM(one, other)).toBeLessThanOrEqual(20_015_200)
    }),
  )
})

test('swapped coordinates that are a place elsewhere are recognised by where the person usually is', () => {
  expect(isSwapped(told(13.41, 52.5), berlin)).toBe(true)
  expect(isSwapped(told(52.5, 13.41), berlin)).toBe(false)
  // The person is on a journey.
  expect(isSwapped(told(48.85, 2.35), berlin)).toBe(false)
})
