import type { CustomerPlace } from '../../schemas/visits/places.ts'
import { minBy } from '../min-by.ts'
import { distanceM, type Point, type Position } from './positions.ts'

/** A place where a customer can be met. */
export interface KnownPlace {
  readonly name: string | null
  readonly latitude: number
  readonly longitude: number
  readonly radiusM: number | null
}

/** Returns the places that are valid at `at` (ms); if it is null, only those that are always valid. */
export function placesAt<Place extends Pick<CustomerPlace, 'validFrom' | 'validUntil'>>(
  places: readonly Place[],
  at: number | null,
): readonly Place[] {
  return places.filter(({ validFrom, validUntil }) => {
    if (validFrom === null && validUntil === null) return true
    return at !== null && at >= (validFrom ?? at) && at < (validUntil ?? Number.POSITIVE_INFINITY)
  })
}

interface Nearest<Place> {
  readonly place: Place
  readonly distanceM: number
  /** Distance beyond the radius of the place; negative inside. */
  readonly beyondM: number
}

/**
 * Returns the place whose edge is nearest to a position; `undefined` if there are no places. Lengths in metres.
 * `radiusM`: radius of a place that states none.
 */
export function nearestPlace<Place extends Point & Pick<KnownPlace, 'radiusM'>>(
  position: Point,
  places: readonly Place[],
  radiusM: number,
): Nearest<Place> | undefined {
  const away = places.map((place) => {
    const distance = distanceM(position, place)
    return { place, distanceM: distance, beyondM: distance - (place.radiusM ?? radiusM) }
  })
  return minBy(away, ({ beyondM }) => beyondM)
}

/** Relation of a position to the known places of a customer. `unverifiable` is never evidence, for or against. */
type Range = ({ readonly is: 'in range' | 'out of range' } & Nearest<KnownPlace>) | { readonly is: 'unverifiable' }

/** Compares a position with the nearest place, less the uncertainty of the position. Lengths in metres. */
export function rangeOf(
  position: Position | null,
  places: readonly KnownPlace[],
  { radiusM, accuracyUnknownM, ageMaxS }: Readonly<Record<'radiusM' | 'accuracyUnknownM' | 'ageMaxS', number>>,
): Range {
  if (position === null || (position.ageS ?? 0) > ageMaxS) return { is: 'unverifiable' }
  const nearest = nearestPlace(position, places, radiusM)
  if (nearest === undefined) return { is: 'unverifiable' }
  const isOut = nearest.beyondM - (position.accuracyM ?? accuracyUnknownM) > 0
  return { is: isOut ? 'out of range' : 'in range', ...nearest }
}
