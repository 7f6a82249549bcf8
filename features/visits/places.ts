import type { CustomerPlace } from '../../schemas/visits/places.ts'

/** Those of a customer's places that hold at a time, ms; null: not known when, so only those that always hold. */
export function placesAt(places: readonly CustomerPlace[], at: number | null): readonly CustomerPlace[] {
  return places.filter(({ validFrom, validUntil }) => {
    if (validFrom === null && validUntil === null) return true
    return at !== null && at >= (validFrom ?? at) && at < (validUntil ?? Number.POSITIVE_INFINITY)
  })
}
