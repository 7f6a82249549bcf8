export interface Place {
  readonly latitude: number
  readonly longitude: number
  /** Radius of uncertainty in metres; null if unknown. */
  readonly accuracyM: number | null
}

export interface ProjectedPlace {
  readonly x: number
  readonly y: number
  /** Radius of the circle of uncertainty, in drawing units; null if unknown. */
  readonly radius: number | null
}

export interface ProjectedMap {
  readonly places: readonly ProjectedPlace[]
  readonly bar: { readonly metres: number; readonly length: number }
}

const EARTH_M = 6_371_008.8
/** Smallest extent of the map, for places at the same spot. */
const SPAN_MIN_M = 200
const radians = (degrees: number) => (degrees * Math.PI) / 180

/**
 * Projects places onto a drawing of this size, north up. The projection is azimuthal equidistant around the first
 * place: distances and directions from it are true, even across the date line and at a pole.
 */
export function projectMap(
  places: readonly [Place, ...Place[]],
  width: number,
  height: number,
  margin = 24,
): ProjectedMap {
  const flat = places.map((place) => ({ ...flatOf(places[0], place), radius: place.accuracyM }))
  const reach = (sign: 1 | -1, axis: 'east' | 'north') =>
    Math.max(...flat.map((one) => sign * one[axis] + (one.radius ?? 0)))
  const spans = { east: reach(1, 'east') + reach(-1, 'east'), north: reach(1, 'north') + reach(-1, 'north') }
  const centre = {
    east: (reach(1, 'east') - reach(-1, 'east')) / 2,
    north: (reach(1, 'north') - reach(-1, 'north')) / 2,
  }
  const scale = Math.min(
    (width - 2 * margin) / Math.max(SPAN_MIN_M, spans.east),
    (height - 2 * margin) / Math.max(SPAN_MIN_M, spans.north),
  )
  const metres = roundLength(width / 3 / scale)
  return {
    places: flat.map(({ east, north, radius }) => ({
      x: width / 2 + (east - centre.east) * scale,
      y: height / 2 - (north - centre.north) * scale,
      radius: radius === null ? null : radius * scale,
    })),
    bar: { metres, length: metres * scale },
  }
}

/** Returns the largest of 1, 2, 5, 10, 20, 50 … up to the limit. */
export function roundLength(limit: number): number {
  const power = 10 ** Math.floor(Math.log10(limit))
  return power * ([5, 2].find((factor) => factor * power <= limit) ?? 1)
}

/** Returns the offset of a place from the centre, in metres east and north. */
function flatOf(centre: Place, place: Place): { readonly east: number; readonly north: number } {
  const [from, to] = [radians(centre.latitude), radians(place.latitude)]
  const turn = radians(place.longitude - centre.longitude)
  const half = Math.sin((to - from) / 2) ** 2 + Math.cos(from) * Math.cos(to) * Math.sin(turn / 2) ** 2
  const distance = 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(half)))
  const bearing = Math.atan2(
    Math.sin(turn) * Math.cos(to),
    Math.cos(from) * Math.sin(to) - Math.sin(from) * Math.cos(to) * Math.cos(turn),
  )
  return { east: distance * Math.sin(bearing), north: distance * Math.cos(bearing) }
}
