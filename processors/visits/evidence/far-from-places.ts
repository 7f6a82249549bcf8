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
    'The check-in lies outside of every known place of the customer that held at that time, even if the whole uncertainty of the position is taken off. Where several visits were checked in at the same other spot, the customer may have moved there: that counts half.',
  cannotKnow:
    'Whether customer and salesperson met somewhere else, such as in a restaurant or the own office. Without a known place or a position it is unverifiable, which is no evidence, neither for nor against.',
  weights: { false: 0.55, invalid: 0.1 },
  parameters: {
    radiusM: parameter(300, 10, 100_000, 'radius of a place that states none, metres'),
    accuracyUnknownM: parameter(200, 0, 10_000, 'uncertainty of a position that does not tell it, metres'),
    ageMaxS: parameter(900, 0, 86_400, 'an older position is unverifiable, seconds'),
    fullM: parameter(100_000, 100, 10_000_000, 'counts in full so far outside, metres'),
    movedDays: parameter(3, 2, 100, 'days with visits at one other spot after which the customer may have moved'),
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
      const moved = hasMoved ? ` As were visits on ${days - 1} other days: the customer may have moved.` : ''
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
