import fc from 'fast-check'
import type { Point } from '../../../features/visits/positions.ts'
import { cheapestInsertion, shortRoute, routeKm } from '../../../features/visits/round-trip.ts'

/** Generates points of one town, now and then the same place twice, or the other side of the date line. */
const point = fc.record({
  latitude: fc.double({ min: 31, max: 31.5, noNaN: true }),
  longitude: fc.oneof(fc.double({ min: 121, max: 121.5, noNaN: true }), fc.constantFrom(121.2, 121.3, 179.9, -179.9)),
})

function* permutations<T>(of: readonly T[]): Generator<T[]> {
  if (of.length === 0) yield []
  for (const [index, first] of of.entries())
    for (const rest of permutations(of.filter((_, other) => other !== index))) yield [first, ...rest]
}

const shortest = (points: readonly Point[], start: Point | null) =>
  Math.min(...permutations(points).map((way) => routeKm(way, start)))

test('the short tour has every point once, is never longer than the given one, and with a start at most twice the shortest', () => {
  fc.assert(
    fc.property(fc.array(point, { maxLength: 6 }), fc.option(point), (points, start) => {
      const way = shortRoute(points, start)
      expect(way).toHaveLength(points.length)
      expect(new Set(way)).toEqual(new Set(points))
      const km = routeKm(way, start)
      expect(km).toBeLessThanOrEqual(routeKm(points, start) + 1e-9)
      if (start !== null) expect(km).toBeLessThanOrEqual(2 * shortest(points, start) + 1e-9)
    }),
    { numRuns: 100 },
  )
})

test('the cheapest insertion is the least that any place in the tour adds', () => {
  fc.assert(
    fc.property(fc.array(point, { maxLength: 6 }), fc.option(point), point, (points, start, added) => {
      const { index, km } = cheapestInsertion(points, start, added)
      const ways = Array.from({ length: points.length + 1 }, (_, at) => routeKm(points.toSpliced(at, 0, added), start))
      expect(ways[index]! - routeKm(points, start)).toBeCloseTo(km, 6)
      expect(km).toBeCloseTo(Math.min(...ways) - routeKm(points, start), 6)
    }),
  )
})

test('kilometres are those of the globe, there and back', () => {
  const [bund, airport] = [
    { latitude: 31.2397, longitude: 121.4998 },
    { latitude: 31.1443, longitude: 121.8083 },
  ]
  expect(routeKm([airport], bund)).toBeCloseTo(62.4, 0)
  expect(routeKm([bund, airport], null)).toBeCloseTo(31.2, 0)
  expect(routeKm([], bund)).toBe(0)
})
