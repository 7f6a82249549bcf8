import { rangeOf } from '../../../features/visits/places.ts'
import { distanceM } from '../../../features/visits/positions.ts'
import type { VisitFacts } from '../../../features/visits/visit-facts.ts'
import { HOUR_MS } from '../../../schemas/durations.ts'
import { detector, emptyNeighbourhood, parameter, ramp, type Surroundings } from './detector.ts'
import { markedAround, OUTSIDE, RANGE } from './visit-columns.ts'
import { formatDistance } from '../formats.ts'

/** Cell size of the search grid: distances are measured within neighbouring cells only. */
const CELL_DEGREES = 0.005

export const onePlaceManyCustomers = detector({
  kind: 'one-place-many-customers',
  group: 'salesperson',
  means:
    'Visits to different customers, hours or days apart, were checked in at one spot, although these customers are known to be elsewhere: it is probably the salesperson’s home or desk.',
  cannotKnow: 'Whether the customers come to an office, a shop or a fair. It needs known places of the customers.',
  weights: { false: 0.35, invalid: 0 },
  parameters: {
    customersMin: parameter(3, 2, 100, 'minimum number of customers who are known to be elsewhere'),
    placeM: parameter(120, 10, 5_000, 'closer positions count as one spot, metres'),
    spreadH: parameter(3, 0, 720, 'minimum hours from the first to the last of these visits'),
  },
  *detect(visits, { customersMin, placeM, spreadH }, surroundings) {
    if (visits.length < customersMin!) return
    const out = visits.filter((visit) => isElsewhere(visit, surroundings))
    if (out.length < customersMin!) return
    const cells = Map.groupBy(out, (visit) => cellOf(visit, 0, 0))
    for (const visit of out) {
      const near = neighbours(visit, cells).filter((other) => distanceM(visit.checkIn!, other.checkIn!) <= placeM!)
      const customers = new Set(near.map(({ customerId }) => customerId)).size
      const times = near.flatMap(({ at }) => (at === null ? [] : [at]))
      if (customers < customersMin! || Math.max(...times) - Math.min(...times) < spreadH! * HOUR_MS) continue
      const other = near.find(({ customerId }) => customerId !== visit.customerId)!
      const text = `Checked in within ${formatDistance(placeM!)} of the check-ins with ${customers - 1} other customers, who are all known to be elsewhere.`
      yield {
        visit,
        score: 0.6 + 0.4 * ramp(customers, customersMin! - 1, customersMin! + 3),
        text,
        with: other.visitId,
      }
    }
  },
  neighbourhood({ checkIn }, all) {
    if (checkIn === null) return emptyNeighbourhood
    const { latitude, longitude } = checkIn
    const completeDegrees = 2 * CELL_DEGREES
    return {
      // Each visit is compared with those of its own and the neighbouring cells; visits further away have no effect.
      visits: markedAround(all, checkIn, 4 * CELL_DEGREES, OUTSIDE),
      isCompleteFor: ({ checkIn: one }) =>
        one !== null &&
        Math.abs(one.latitude - latitude) <= completeDegrees &&
        Math.abs(one.longitude - longitude) <= completeDegrees,
    }
  },
})

function isElsewhere({ customerId, checkIn, at }: VisitFacts, { placesOf }: Surroundings): boolean {
  return customerId !== null && rangeOf(checkIn, placesOf(customerId, at), RANGE).is === 'out of range'
}

function cellOf({ checkIn }: VisitFacts, north: number, east: number): string {
  const { latitude, longitude } = checkIn!
  return `${Math.floor(latitude / CELL_DEGREES) + north},${Math.floor(longitude / CELL_DEGREES) + east}`
}

/** Visits examined at a spot: more of them don't raise the score. */
const NEIGHBOURS_MAX = 200

function neighbours(visit: VisitFacts, cells: ReadonlyMap<string, readonly VisitFacts[]>): VisitFacts[] {
  const near: VisitFacts[] = []
  for (const north of [-1, 0, 1])
    for (const east of [-1, 0, 1])
      for (const other of cells.get(cellOf(visit, north, east)) ?? []) {
        near.push(other)
        if (near.length >= NEIGHBOURS_MAX) return near
      }
  return near
}
