import { recordsOf, recordState, type KeyedState } from '../../../features/keyed-state.ts'
import { isNewerRevision } from '../../../features/newer-revision.ts'
import { idPart } from '../../../features/string-hash.ts'
import { validatePoint } from '../../../features/visits/positions.ts'
import { EventError } from '../../../schemas/event-error.ts'
import { CustomerPlace } from '../../../schemas/visits/places.ts'

/** Places per customer; more are rejected. */
const PLACES_MAX = 200

export const placeKind = recordState('places', CustomerPlace)

/**
 * Keeps a place or its correction: the highest revision, then the later event time. Returns whether anything changed.
 */
export function storePlace(state: KeyedState, place: CustomerPlace): boolean {
  const id = idPart(place.placeId)
  const held = state.get(placeKind, id)
  if (held !== undefined && !isNewerRevision(place, held)) return false
  if (held === undefined && recordsOf(state, placeKind).length >= PLACES_MAX)
    throw new EventError(
      'FOLD_FAILED',
      `Customer ${place.customerId} has ${PLACES_MAX} places already, the maximum: correct one of them instead.`,
    )
  state.put(placeKind, id, place)
  return true
}

/** Returns the valid places: not withdrawn, and at a plausible position. */
export function storedPlaces(state: KeyedState): CustomerPlace[] {
  return recordsOf(state, placeKind).filter((place) => !place.withdrawn && validatePoint(place) === undefined)
}
