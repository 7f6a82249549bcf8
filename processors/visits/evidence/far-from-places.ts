import { distanceM, type Position } from '../../../features/visits/positions.ts'
import { detector, parameter, type KnownPlace } from './detector.ts'
import { metres } from './words.ts'

/** How a position lies to the known places of a customer. `unverifiable` is never evidence, for or against. */
export type Range =
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

export const farFromPlaces = detector({
  kind: 'far-from-places',
  group: 'visit',
  means:
    'The check-in lies outside of every known place of the customer that held at that time, even if the whole uncertainty of the position is taken off.',
  cannotKnow:
    'Whether customer and salesperson met somewhere else, such as in a restaurant or the own office, or the customer has moved. Without a known place or a position it is unverifiable, which is no evidence, neither for nor against.',
  weights: { false: 0.55, invalid: 0.1 },
  parameters: {
    radiusM: parameter(300, 10, 100_000, 'radius of a place that states none, metres'),
    accuracyUnknownM: parameter(200, 0, 10_000, 'uncertainty of a position that does not tell it, metres'),
    ageMaxS: parameter(900, 0, 86_400, 'an older position is unverifiable, seconds'),
    fullM: parameter(5_000, 100, 1_000_000, 'counts in full so far outside, metres'),
  },
  *detect(visits, settings, { placesOf }) {
    for (const visit of visits) {
      if (visit.customerId === null) continue
      const range = rangeOf(visit.checkIn, placesOf(visit.customerId, visit.at), settings)
      if (range.is !== 'out of range') continue
      const beyond = range.distanceM - (range.place.radiusM ?? settings.radiusM)
      const score = 0.4 + 0.6 * Math.min(1, Math.log10(1 + beyond / 100) / Math.log10(1 + settings.fullM / 100))
      const name =
        range.place.name === null ? 'the nearest known place' : `the nearest known place (${range.place.name})`
      const accuracy = visit.checkIn!.accuracyM === null ? '' : `, known to ${metres(visit.checkIn!.accuracyM)}`
      yield { visit, score, text: `Checked in ${metres(range.distanceM)} from ${name}${accuracy}.`, with: null }
    }
  },
})
