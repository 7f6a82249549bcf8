import { rangeOf } from '../../../features/visits/places.ts'
import { distanceM } from '../../../features/visits/positions.ts'
import type { VisitFacts } from '../../../features/visits/visit-facts.ts'
import { DAY_MS } from '../../../schemas/durations.ts'
import { detector, parameter } from './detector.ts'
import { formatDistance } from '../formats.ts'

export const farFromPlaces = detector({
  kind: 'far-from-places',
  group: 'customer',
  means:
    'The check-in was outside every known place of the customer at that time, even after subtracting the uncertainty of the position. If several visits were checked in at one other spot, the customer may have moved there, and it counts half.',
  cannotKnow:
    'Whether they met somewhere else, such as in a restaurant or in the salesperson’s office. Without a known place or a position the visit is unverifiable, which is not evidence for or against it.',
  weights: { false: 0.55, invalid: 0.1 },
  parameters: {
    radiusM: parameter(300, 10, 100_000, 'radius assumed for a place without one, metres'),
    accuracyUnknownM: parameter(200, 0, 10_000, 'uncertainty assumed for a position without one, metres'),
    ageMaxS: parameter(900, 0, 86_400, 'an older position is unverifiable, seconds'),
    fullM: parameter(100_000, 100, 10_000_000, 'distance outside at which it counts in full, metres'),
    movedDays: parameter(3, 2, 100, 'days with visits at one other spot from which the customer may have moved'),
  },
  *detect(visits, settings, { placesOf }) {
    const out = visits.flatMap((visit) => {
      if (visit.customerId === null) return []
      const range = rangeOf(visit.checkIn, placesOf(visit.customerId, visit.at), settings)
      return range.is === 'out of range' ? [{ visit, ...range }] : []
    })
    for (const { visit, distanceM: distance, beyondM, place } of out) {
      const days = daysNear(visit, out, settings.radiusM)
      const hasMoved = days >= settings.movedDays
      const full = 0.3 + 0.7 * Math.min(1, Math.log1p(beyondM / 200) / Math.log1p(settings.fullM / 200))
      const name = place.name === null ? 'the nearest known place' : `the nearest known place (${place.name})`
      const accuracy = visit.checkIn!.accuracyM === null ? '' : `, known to ${formatDistance(visit.checkIn!.accuracyM)}`
      const moved = hasMoved
        ? ` Visits on ${days - 1} other days were checked in there too: the customer may have moved.`
        : ''
      const text = `Checked in ${formatDistance(distance)} from ${name}${accuracy}.${moved}`
      yield { visit, score: hasMoved ? full / 2 : full, text, with: null }
    }
  },
})

/** A customer's newest visits that are searched for a common spot. */
const NEIGHBOURS_MAX = 200

/** Returns the number of days with a check-in around the same spot. */
function daysNear(visit: VisitFacts, out: readonly { readonly visit: VisitFacts }[], within: number): number {
  const near = out.slice(-NEIGHBOURS_MAX).filter((other) => distanceM(visit.checkIn!, other.visit.checkIn!) <= within)
  return new Set(near.map((other) => (other.visit.at === null ? null : Math.floor(other.visit.at / DAY_MS)))).size
}
