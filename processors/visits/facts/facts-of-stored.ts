import { placesAt } from '../../../features/visits/places.ts'
import { hasSwapped } from '../../../features/visits/swapped-positions.ts'
import { visitFacts, type ReportFacts, type VisitFacts } from '../../../features/visits/visit-facts.ts'
import type { CustomerPlace } from '../../../schemas/visits/places.ts'
import type { StoredVisit } from './stored-visits.ts'

/** No limit: visits in the future have been rejected before. */
const UNTIL = Number.POSITIVE_INFINITY

/**
 * Returns what detectors see of a noted visit. Of its report that is only how enthusiastic it is: the rest is examined
 * where reports are compared. Positions are dropped if their coordinates, swapped, lie at a known place of the
 * customer.
 */
export function factsOfStored(
  visit: StoredVisit,
  places: readonly CustomerPlace[],
  probability: number | null = null,
): VisitFacts {
  const text: ReportFacts = { length: 0, information: 0, sketch: null, digits: '', enthusiasm: visit.enthusiasm }
  const { facts } = visitFacts({ ...visit, text, probability }, UNTIL)
  if (facts.checkIn === null && facts.checkOut === null) return facts
  const known = placesAt(places, facts.at)
  return known.some((place) => hasSwapped(facts, place)) ? { ...facts, checkIn: null, checkOut: null } : facts
}
