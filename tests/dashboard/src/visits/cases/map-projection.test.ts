import fc from 'fast-check'
import { projectMap, roundLength, type Place } from '../../../../../dashboard/src/visits/cases/map-projection.ts'

const [WIDTH, HEIGHT] = [480, 280]
const at = (latitude: number, longitude: number, accuracyM: number | null = 20): Place => ({
  ...{ latitude, longitude, accuracyM },
})
/** Returns the distance between the first two places as drawn, in metres. */
function drawnDistance(one: Place, other: Place): number {
  const { places, bar } = projectMap([one, other], WIDTH, HEIGHT)
  const [from, to] = [places[0]!, places[1]!]
  return (Math.hypot(to.x - from.x, to.y - from.y) / bar.length) * bar.metres
}

test('north is up and east is right, as far as it is, by the scale bar', () => {
  const { places } = projectMap([at(31.2, 121.5), at(31.3, 121.6)], WIDTH, HEIGHT)
  expect(places[1]!.x).toBeGreaterThan(places[0]!.x)
  expect(places[1]!.y).toBeLessThan(places[0]!.y)
  expect(drawnDistance(at(31.2, 121.5), at(31.3, 121.5))).toBeCloseTo(11_119.5, 0)
  expect(drawnDistance(at(60, 10), at(60, 10.01))).toBeCloseTo(555.97, 1)
})

test('neither a date line nor a pole tears places apart', () => {
  expect(drawnDistance(at(0, 179.95), at(0, -179.95))).toBeCloseTo(11_119.5, 0)
  expect(drawnDistance(at(89.95, 0), at(89.95, 180))).toBeCloseTo(11_119.5, 0)
  const { places } = projectMap([at(0, 179.95), at(0, -179.95)], WIDTH, HEIGHT)
  expect(places[1]!.x).toBeGreaterThan(places[0]!.x)
})

test('one place, or two at one spot, are in the middle; the circle is to scale', () => {
  const { places, bar } = projectMap([at(31.2, 121.5, 50), at(31.2, 121.5, null)], WIDTH, HEIGHT)
  expect(places.map(({ x, y }) => [x, y])).toEqual([
    [WIDTH / 2, HEIGHT / 2],
    [WIDTH / 2, HEIGHT / 2],
  ])
  expect(places[0]!.radius).toBeCloseTo((50 / bar.metres) * bar.length, 6)
  expect(places[1]!.radius).toBeNull()
})

test('whatever the places: all circles are on the drawing, and the bar is round and fits', () => {
  const place = fc.record({
    latitude: fc.double({ min: -90, max: 90, noNaN: true }),
    longitude: fc.double({ min: -180, max: 180, noNaN: true }),
    accuracyM: fc.option(fc.double({ min: 0, max: 5_000_000, noNaN: true })),
  })
  fc.assert(
    fc.property(place, place, (one, other) => {
      const { places, bar } = projectMap([one, other], WIDTH, HEIGHT)
      for (const { x, y, radius } of places) {
        const room = (radius ?? 0) - 1e-6
        expect(Math.min(x, y, WIDTH - x, HEIGHT - y)).toBeGreaterThanOrEqual(room)
      }
      expect(bar.length).toBeGreaterThan(WIDTH / 3 / 3)
      expect(bar.length).toBeLessThanOrEqual(WIDTH / 3 + 1e-6)
      expect(['1', '2', '5']).toContain(String(bar.metres).replaceAll(/[0.]/g, ''))
    }),
  )
})

test.each([
  [1, 1],
  [9.9, 5],
  [10, 10],
  [49, 20],
  [1_000, 1_000],
  [7_654, 5_000],
])('the round length below %d is %d', (limit, length) => expect(roundLength(limit)).toBe(length))
