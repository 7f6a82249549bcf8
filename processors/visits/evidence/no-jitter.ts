import type { Position } from '../../../features/visits/positions.ts'
import type { VisitFacts } from '../../../features/visits/visit-facts.ts'
import { HOUR_MS } from '../../../schemas/durations.ts'
import { detector, emptyNeighbourhood, parameter, ramp, type Surroundings } from './detector.ts'
import { equalPositions, isAtPlace } from './visit-columns.ts'

export const noJitter = detector({
  kind: 'no-jitter',
  group: 'salesperson',
  means:
    'Several positions of the salesperson, hours apart, are equal to the last digit, to each other or to the known place of the customer. Measured positions never are: they were typed in, or an app replays them.',
  cannotKnow:
    'Whether the CRM itself fills in the customer’s address as the position, or rounds positions. Where that is usual (many positions of the organisation repeat, or have few decimals), it is not evidence.',
  weights: { false: 0.55, invalid: 0 },
  parameters: {
    timesMin: parameter(3, 2, 100, 'minimum number of equal positions'),
    apartH: parameter(2, 0, 168, 'minimum hours from one counted visit to the next'),
    decimalsMin: parameter(5, 1, 12, 'positions with fewer decimals count as rounded'),
    ageMaxS: parameter(60, 0, 86_400, 'an older position may be left over from the previous visit, seconds'),
    usualShare: parameter(
      0.1,
      0,
      1,
      'maximum share of repeated positions in the organisation: with more, they are usual',
    ),
  },
  *detect(visits, { timesMin, apartH, decimalsMin, ageMaxS, usualShare }, surroundings) {
    const { repeatedPositions } = surroundings
    if (visits.length < timesMin! || (repeatedPositions !== null && repeatedPositions > usualShare!)) return
    const measured = visits.filter(
      ({ at, checkIn }) =>
        at !== null && checkIn !== null && (checkIn.ageS ?? 0) <= ageMaxS! && decimalsOf(checkIn) >= decimalsMin!,
    )
    const alike = Map.groupBy(measured, (visit) => (isKnownPlace(visit, surroundings) ? KNOWN : keyOf(visit.checkIn!)))
    for (const [key, equal] of alike) {
      const apart = distinctTimes(equal, apartH! * HOUR_MS)
      if (apart < timesMin!) continue
      const customers = new Set(equal.map(({ customerId }) => customerId)).size
      // The CRM may have filled in one customer's address, unless repeated positions are known to be rare in the
      // organisation.
      if (repeatedPositions === null && (customers === 1 || key === KNOWN)) continue
      const score = Math.min(1, 0.5 * ramp(apart, timesMin! - 1, timesMin! + 3) + (customers > 1 ? 0.5 : 0.2))
      for (const [i, visit] of equal.entries()) {
        const text =
          key === KNOWN
            ? `Its position equals the known place of the customer to the last digit, as in ${equal.length - 1} other visits.`
            : `Its position equals those of ${equal.length - 1} other visits to the last digit, with ${customers} customers.`
        yield { visit, score, text, with: (equal[i - 1] ?? equal[i + 1])!.visitId }
      }
    }
  },
  neighbourhood(changed, all) {
    const { checkIn } = changed
    if (checkIn === null) return emptyNeighbourhood
    return { visits: equalPositions(all, checkIn, isAtPlace(changed)), isCompleteFor: () => true }
  },
})

const KNOWN = 'known place'

/** Returns a key that positions share if they are equal to the last digit. */
export function keyOf({ latitude, longitude }: Pick<Position, 'latitude' | 'longitude'>): string {
  return `${latitude},${longitude}`
}

/** Whether the check-in equals a known place of the customer to the last digit. */
export function isKnownPlace({ checkIn, customerId, at }: VisitFacts, { placesOf }: Pick<Surroundings, 'placesOf'>) {
  if (checkIn === null || customerId === null) return false
  return placesOf(customerId, at).some((place) => keyOf(place) === keyOf(checkIn))
}

function decimalsOf({ latitude, longitude }: Position): number {
  return Math.max(...[latitude, longitude].map((degrees) => String(degrees).split('.')[1]?.length ?? 0))
}

/** Counts the visits that lie at least `apartMs` after the one counted before. */
function distinctTimes(visits: readonly VisitFacts[], apartMs: number): number {
  let [count, last] = [0, Number.NEGATIVE_INFINITY]
  for (const { at } of visits)
    if (at! - last >= apartMs) {
      count++
      last = at!
    }
  return count
}
