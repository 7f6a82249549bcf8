import { numericState, type KeyedState } from '../../../features/keyed-state.ts'
import { idPart, unitHash } from '../../../features/string-hash.ts'
import type { ComparedVisit } from '../../../schemas/visits/compared-visits.ts'

/** Digest of the known places that were published last to the salesperson’s group, by visit; absent: no places. */
export const publishedPlacesKind = numericState('told-places', 1)

/** Remembers the places published for a visit; returns whether they differ from those before. */
export function rememberPlaces(
  decisionState: KeyedState,
  { group, visitId, places }: Pick<ComparedVisit, 'group' | 'visitId' | 'places'>,
): boolean {
  if (group !== 'salesperson') return false
  const id = idPart(visitId)
  const before = decisionState.get(publishedPlacesKind, id)?.[0]
  if (places.length === 0) {
    decisionState.delete(publishedPlacesKind, id)
    return before !== undefined
  }
  const digest = unitHash(JSON.stringify(places))
  decisionState.put(publishedPlacesKind, id, Float64Array.of(digest))
  return before !== digest
}
