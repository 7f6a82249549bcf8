import { distanceM, type Point } from './positions.ts'

/**
 * Returns the length in km of the route through the points in this order: from `start` and back to it, or without a
 * start from the first to the last.
 */
export function routeKm(points: readonly Point[], start: Point | null): number {
  let km = 0
  for (let index = 1; index < points.length; index++) km += kmBetween(points[index - 1]!, points[index]!)
  if (start === null || points.length === 0) return km
  return kmBetween(start, points[0]!) + km + kmBetween(points.at(-1)!, start)
}

/** Returns the index at which a point adds the least distance to the route, and that distance. */
export function cheapestInsertion(
  points: readonly Point[],
  start: Point | null,
  point: Point,
): { readonly index: number; readonly km: number } {
  let best = { index: 0, km: Number.POSITIVE_INFINITY }
  for (let index = 0; index <= points.length; index++) {
    const [before, after] = [points[index - 1] ?? start, points[index] ?? start]
    const km =
      (before === null ? 0 : kmBetween(before, point)) +
      (after === null ? 0 : kmBetween(point, after)) -
      (before === null || after === null ? 0 : kmBetween(before, after))
    if (km < best.km) best = { index, km }
  }
  return best
}

/**
 * Returns a short route through all points: nearest insertion (at most twice the shortest round trip), then 2-opt (no
 * crossings). It is never longer than the given order.
 */
export function shortRoute<P extends Point>(points: readonly P[], start: Point | null): P[] {
  const inserted = twoOpt(nearestInsertion(points, start), start)
  const given = twoOpt([...points], start)
  return routeKm(inserted, start) <= routeKm(given, start) ? inserted : given
}

/** Repeatedly takes the point nearest to the route and inserts it where it adds the least distance. */
function nearestInsertion<P extends Point>(points: readonly P[], start: Point | null): P[] {
  const left = new Map(
    points.map((point) => [point, start === null ? Number.POSITIVE_INFINITY : kmBetween(start, point)]),
  )
  const route: P[] = []
  while (left.size > 0) {
    let next: P | undefined
    for (const [point, km] of left) if (next === undefined || km < left.get(next)!) next = point
    left.delete(next!)
    route.splice(cheapestInsertion(route, start, next!).index, 0, next!)
    for (const [point, km] of left) left.set(point, Math.min(km, kmBetween(point, next!)))
  }
  return route
}

/** Smallest improvement that is not a rounding error. */
const GAIN_KM_MIN = 1e-9

/** Reverses segments of the route as long as that shortens it (2-opt). */
function twoOpt<P extends Point>(given: readonly P[], start: Point | null): P[] {
  let route = [...given]
  let km = routeKm(route, start)
  for (let improved = true; improved;) {
    improved = false
    for (let from = 0; from < route.length - 1; from++) {
      for (let to = from + 1; to < route.length; to++) {
        const turned = [...route.slice(0, from), ...route.slice(from, to + 1).reverse(), ...route.slice(to + 1)]
        const turnedKm = routeKm(turned, start)
        if (turnedKm >= km - GAIN_KM_MIN) continue
        route = turned
        km = turnedKm
        improved = true
      }
    }
  }
  return route
}

function kmBetween(one: Point, other: Point): number {
  return distanceM(one, other) / 1_000
}
