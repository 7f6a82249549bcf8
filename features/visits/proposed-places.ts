import { DAY_MS } from '../../schemas/durations.ts'
import { rangeOf, type KnownPlace } from './places.ts'
import { distanceM, type Position } from './positions.ts'
import type { VisitFacts } from './visit-facts.ts'

/** An unrecorded place where a customer was met repeatedly; a row of a file of places. */
export interface ProposedPlace {
  readonly customerId: string
  readonly latitude: number
  readonly longitude: number
  /** Days on which visits were checked in there. */
  readonly days: number
}

type ConfirmedVisit = Pick<VisitFacts, 'customerId' | 'at' | 'checkIn'>

interface AssessedVisit {
  readonly visitId: string
  readonly verdict: string
  readonly evidence: readonly { readonly kind: string }[]
}

/** Visits without doubt on this many days must have checked in within this many metres of each other. */
const DAYS_MIN = 3
const SPOT_M = 300
const RANGE = { radiusM: SPOT_M, accuracyUnknownM: 200, ageMaxS: 900 }
/** A check-in with a larger accuracy radius is no proof of a place. */
const ACCURACY_M_MAX = 200

/**
 * Returns places to add to the known ones, for people to decide on. Visits with any evidence against them are ignored,
 * except that they are far from the known places.
 */
export function proposedPlaces(
  factsOf: ReadonlyMap<string, ConfirmedVisit>,
  assessed: readonly AssessedVisit[],
  { placesOf }: { placesOf(customerId: string, at: number | null): readonly KnownPlace[] },
): ProposedPlace[] {
  const elsewhere = assessed.flatMap(({ visitId, verdict, evidence }) => {
    const visit = factsOf.get(visitId)
    if (verdict !== 'fine' || visit === undefined || visit.customerId === null || visit.at === null) return []
    if (evidence.some(({ kind }) => kind !== 'far-from-places')) return []
    if ((visit.checkIn?.accuracyM ?? 0) > ACCURACY_M_MAX) return []
    const { is } = rangeOf(visit.checkIn, placesOf(visit.customerId, visit.at), RANGE)
    return visit.checkIn === null || is === 'in range' ? [] : [{ ...visit, checkIn: visit.checkIn, at: visit.at }]
  })
  const byCustomer = Map.groupBy(elsewhere, ({ customerId }) => customerId!)
  return [...byCustomer].flatMap(([customerId, visits]) => proposalOf(customerId, visits) ?? [])
}

interface ConfirmedCheckIn {
  readonly at: number
  readonly checkIn: Position
}

/** Returns the spot with visits on the most days. */
function proposalOf(customerId: string, visits: readonly ConfirmedCheckIn[]): ProposedPlace | undefined {
  let best: ProposedPlace | undefined
  for (const { checkIn } of visits) {
    const near = visits.filter((other) => distanceM(checkIn, other.checkIn) <= SPOT_M)
    const days = new Set(near.map(({ at }) => Math.floor(at / DAY_MS))).size
    if (days < DAYS_MIN || days <= (best?.days ?? 0)) continue
    const mean = (of: (position: Position) => number) =>
      near.reduce((sum, one) => sum + of(one.checkIn), 0) / near.length
    const [latitude, longitude] = [mean((one) => one.latitude), mean((one) => one.longitude)]
    best = { customerId, latitude: rounded(latitude), longitude: rounded(longitude), days }
  }
  return best
}

/** Rounds degrees to about a metre. */
function rounded(degrees: number): number {
  return Math.round(degrees * 1e5) / 1e5
}
