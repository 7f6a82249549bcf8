import { rangeOf } from '../../../features/visits/places.ts'
import { distanceM } from '../../../features/visits/positions.ts'
import type { VisitFacts } from '../../../features/visits/visit-facts.ts'
import { DAY_MS } from '../../../schemas/durations.ts'
import { percent } from '../formats.ts'
import { detector, emptyNeighbourhood, parameter, ramp } from './detector.ts'
import { hasMark, markCounts, OUTSIDE, RANGE, visitsIn } from './visit-columns.ts'

export const oftenFarFromPlaces = detector({
  kind: 'often-far-from-places',
  group: 'salesperson',
  means:
    'A large share of the salesperson’s check-ins, with many customers, is outside every known place of the customer. Now and then people meet elsewhere; as a habit it is rare. It adds to the evidence against each of these visits.',
  cannotKnow:
    'Whether the known places of this territory are wrong, or the job is to meet people elsewhere. A customer with several check-ins at one other spot has probably moved, and does not count. Visits without a position or a known place do not count either way.',
  weights: { false: 0.3, invalid: 0 },
  parameters: {
    visitsMin: parameter(20, 5, 4_000, 'minimum number of check-ins that can be compared with a known place'),
    customersMin: parameter(5, 2, 1_000, 'minimum number of customers who were visited elsewhere'),
    shareMin: parameter(0.15, 0.02, 0.9, 'minimum share of check-ins elsewhere, at the lower 95 % limit'),
    movedM: parameter(
      300,
      10,
      5_000,
      'check-ins with a customer this close, on different days, are at a new place, metres',
    ),
  },
  *detect(visits, { visitsMin, customersMin, shareMin, movedM }, { placesOf }) {
    const compared = visits.flatMap((visit) => {
      const { customerId, checkIn, at } = visit
      const { is } = customerId === null ? { is: 'unverifiable' } : rangeOf(checkIn, placesOf(customerId, at), RANGE)
      return is === 'unverifiable' ? [] : [{ visit, isOut: is === 'out of range' }]
    })
    const out = compared.filter(({ isOut }) => isOut).map(({ visit }) => visit)
    if (compared.length < visitsMin! || lowerLimit(out.length, compared.length) < shareMin!) return
    const byCustomer = Map.groupBy(out, ({ customerId }) => customerId)
    const elsewhere = out.filter((visit) => !hasMoved(visit, byCustomer.get(visit.customerId)!, movedM!))
    const limit = lowerLimit(elsewhere.length, compared.length - (out.length - elsewhere.length))
    const customers = new Set(elsewhere.map(({ customerId }) => customerId)).size
    if (limit < shareMin! || customers < customersMin!) return
    // In steps, so that each further visit seldom changes the evidence against all of them.
    const score = 0.5 + 0.5 * (Math.floor(STEPS * ramp(limit, shareMin!, 2 * shareMin!)) / STEPS)
    const text = `${elsewhere.length} of ${compared.length} check-ins of the salesperson (${percent(elsewhere.length / compared.length)}), with ${customers} customers, are outside their known places.`
    for (const visit of elsewhere) yield { visit, score, text, with: null }
  },
  neighbourhood(changed, all, { visitsMin, shareMin }) {
    if (changed.checkIn === null) return emptyNeighbourhood
    const { out, compared } = markCounts(all)
    const hasNoEvidence = compared < visitsMin || lowerLimit(out, compared) < shareMin
    const visits = visitsIn(all)
    return {
      visits: hasNoEvidence ? visits.filter((_, place) => hasMark(all, place, OUTSIDE)) : visits,
      isCompleteFor: () => true,
      hasNoEvidence,
    }
  },
})

const STEPS = 5

/** Quantile of the normal distribution: 95 % of the shares lie within so many standard errors. */
const QUANTILE = 1.96

/** Returns the lower limit of a share of which a sample is known (Wilson 1927, doi:10.2307/2276774). */
function lowerLimit(count: number, of: number): number {
  if (of === 0) return 0
  const share = count / of
  const square = QUANTILE ** 2 / of
  return (share + square / 2 - Math.sqrt(square * (share * (1 - share) + square / 4))) / (1 + square)
}

/** Whether the customer was visited at this spot on another day as well. */
function hasMoved(visit: VisitFacts, ofCustomer: readonly VisitFacts[], within: number): boolean {
  return ofCustomer.some(
    (other) => dayOf(other) !== dayOf(visit) && distanceM(other.checkIn!, visit.checkIn!) <= within,
  )
}

function dayOf({ at }: VisitFacts): number | null {
  return at === null ? null : Math.floor(at / DAY_MS)
}
