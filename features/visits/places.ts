import type { CustomerPlace } from '../../schemas/visits/places.ts'
import { distanceM, type Position } from './positions.ts'

/** Where a customer can be met. */
export interface KnownPlace {
  readonly name: string | null
  readonly latitude: number
  readonly longitude: number
  readonly radiusM: number | null
}

/** Those of a customer's places that hold at a time, ms; null: not known when, so only those that always hold. */
export function placesAt<Place extends Pick<CustomerPlace, 'validFrom' | 'validUntil'>>(
  places: readonly Place[],
  at: number | null,
): readonly Place[] {
  return places.filter(({ validFrom, validUntil }) => {
    if (validFrom === null && validUntil === null) return true
    return at !== null && at >= (validFrom ?? at) && at < (validUntil ?? Number.POSITIVE_INFINITY)
  })
}

/** How a position lies to the known places of a customer. `unverifiable` is never evidence, for or against. */
type Range =
  | { readonly is: 'in range' | 'out of range'; readonly distanceM: number; readonly place: KnownPlace }
  | { readonly is: 'unverifiable' }

/** The nearest place counts; the uncertainty is taken off the distance. Lengths in metres. */
export function rangeOf(
  position: Position | null,
  places: readonly KnownPlace[],
  { radiusM, accuracyUnknownM, ageMaxS }: Readonly<Record<'radiusM' | 'accuracyUnknownM' | 'ageMaxS', number>>,
): Range {
  if (position === null || places.length === 0 || (position.ageS ?? 0) > ageMaxS) return { is: 'unverifiable' }
  const beyond = (place: KnownPlace) => distanceM(position, place) - (place.radiusM ?? radiusM)
  const place = places.reduce((nearest, other) => (beyond(other) < beyond(nearest) ? other : nearest))
  const distance = distanceM(position, place)
  const isOut = beyond(place) - (position.accuracyM ?? accuracyUnknownM) > 0
  return { is: isOut ? 'out of range' : 'in range', distanceM: distance, place }
}
