import { minBy } from '../min-by.ts'
import { validatePoint, type Point } from './positions.ts'
import { cheapestInsertion, shortRoute, routeKm } from './round-trip.ts'

/** An opportunity that could be visited. */
export interface Candidate<Place extends Point = Point> {
  readonly opportunityId: string
  readonly customerId: string
  /** Expected value of a visit minus its cost, in minor units; `null` if unknown. */
  readonly expectedValueMinor: number | null
  /** Places where the customer can be met. Impossible positions are ignored. */
  readonly places: readonly Place[]
}

export interface DayOptions {
  /** Maximum number of customers visited. */
  readonly visits: number
  /** Start and end of the day; `null`: only the distance between customers counts. */
  readonly from: Point | null
  readonly kmCostMinor: number
  /** Assumed distance to a customer whose place is unknown, in km. */
  readonly kmIfUnknown: number
  /** Maximum distance of the day, in km. */
  readonly kmMax: number
}

export interface Stop<C extends Candidate> {
  readonly candidate: C
  /** Place of the stop; `null` if unknown. */
  readonly place: C['places'][number] | null
  /** Distance from the previous stop, or from the start; `null` if unknown, or for the first stop without a start. */
  readonly km: number | null
}

type ExclusionCode = 'same-customer' | 'not-worth' | 'too-far' | 'full' | 'unknown'

export interface LeftOut<C extends Candidate> {
  readonly candidate: C
  readonly why: { readonly code: ExclusionCode; readonly text: string }
}

export interface DayTotals {
  /** Distance including the way back, with `kmIfUnknown` for each customer without a place. */
  readonly km: number
  readonly wayCostMinor: number
  /** Sum over all visits, before the cost of travel. */
  readonly expectedValueMinor: number
}

export interface DayPlan<C extends Candidate> extends DayTotals {
  /** Stops with a place in order of travel, then those without. */
  readonly stops: readonly Stop<C>[]
  readonly leftOut: readonly LeftOut<C>[]
}

interface Chosen<C extends Candidate> {
  readonly candidate: C
  readonly place: C['places'][number] | null
}

/**
 * Chooses whom to visit on a day, and in which order. Greedily adds the customer with the highest gain after the cost
 * of the added distance, until the day is full or no customer is worth the way; then shortens the route through all of
 * them. A customer is visited once, for the opportunity with the highest value. Candidates come best first, and the
 * first of equal ones is taken.
 */
export function planDay<C extends Candidate>(candidates: readonly C[], options: DayOptions): DayPlan<C> {
  const { ofCustomers, leftOut } = onePerCustomer(candidates)
  const chosen = choose(ofCustomers, options)
  const stops = orderStops(chosen, options.from)
  const others = chosen.left.map((insertion): LeftOut<C> => ({
    candidate: insertion.candidate,
    why: exclusionReason(insertion, chosen.km, stops.length, options),
  }))
  return { stops, ...totalsOf(stops, options), leftOut: [...others, ...leftOut] }
}

/** Returns the totals of visiting the first customers of the list in its order, for comparison. */
export function listOrderTotals<C extends Candidate>(candidates: readonly C[], options: DayOptions): DayTotals {
  const customers = new Map<string, C>()
  for (const candidate of candidates)
    if (!customers.has(candidate.customerId)) customers.set(candidate.customerId, candidate)
  const first = [...customers.values()].slice(0, options.visits)
  let at = options.from
  const stops = first.map((candidate) => {
    const place = nearestTo(at, usablePlaces(candidate))
    if (place !== null) at = pointOf(place)
    return { candidate, place }
  })
  return totalsOf(stops, options)
}

/** Returns the nearest place; without a starting point, the first. */
function nearestTo<Place extends Point>(from: Point | null, places: readonly Place[]): Place | null {
  return minBy(places, (place) => (from === null ? 0 : routeKm([from, place], null))) ?? null
}

function onePerCustomer<C extends Candidate>(candidates: readonly C[]) {
  const best = new Map<string, C>()
  for (const candidate of candidates) {
    const held = best.get(candidate.customerId)
    if (held === undefined || valueOf(candidate) > valueOf(held)) best.set(candidate.customerId, candidate)
  }
  const leftOut: LeftOut<C>[] = []
  for (const candidate of candidates) {
    const visited = best.get(candidate.customerId)!
    if (visited === candidate) continue
    const text = `The same customer as ${visited.opportunityId}, which brings more: one visit is for both.`
    leftOut.push({ candidate, why: { code: 'same-customer', text } })
  }
  return { ofCustomers: [...best.values()], leftOut }
}

function choose<C extends Candidate>(candidates: readonly C[], options: DayOptions) {
  const places = new Map(candidates.map((candidate) => [candidate, usablePlaces(candidate)]))
  const route: (Point & Chosen<C>)[] = []
  const unplaced: Chosen<C>[] = []
  let km = 0
  let left = candidates.map((candidate) => bestInsertion(candidate, places.get(candidate)!, route, options))
  for (;;) {
    const possible = left.filter((insertion) => km + insertion.km <= options.kmMax)
    const best = minBy(possible, ({ gain }) => -gain)
    const isFull = route.length + unplaced.length >= options.visits
    if (best === undefined || best.gain <= 0 || isFull) return { route, unplaced, left, km }
    const { candidate, place, index } = best
    if (place === null) unplaced.push({ candidate, place })
    else route.splice(index, 0, { ...pointOf(place), candidate, place })
    km += best.km
    left = left
      .filter((insertion) => insertion !== best)
      .map((insertion) => bestInsertion(insertion.candidate, places.get(insertion.candidate)!, route, options))
  }
}

interface InsertionOption<C extends Candidate> extends Chosen<C> {
  /** Where in the route the place adds the least distance, how much, and the value of the visit after that cost. */
  readonly index: number
  readonly km: number
  readonly gain: number
}

function bestInsertion<C extends Candidate>(
  candidate: C,
  places: readonly C['places'][number][],
  route: readonly Point[],
  { from, kmCostMinor, kmIfUnknown }: DayOptions,
): InsertionOption<C> {
  const insertions = places.map((place) => ({ place, ...cheapestInsertion(route, from, place) }))
  const nearest = minBy(insertions, ({ km }) => km) ?? { place: null, index: 0, km: kmIfUnknown }
  return { candidate, ...nearest, gain: valueOf(candidate) - kmCostMinor * nearest.km }
}

function orderStops<C extends Candidate>(
  { route, unplaced }: { readonly route: readonly (Point & Chosen<C>)[]; readonly unplaced: readonly Chosen<C>[] },
  from: Point | null,
): Stop<C>[] {
  const ordered = shortRoute(route, from)
  if (ordered.length > 1 && isBetterBackwards(ordered, from)) ordered.reverse()
  let before = from
  const placed = ordered.map(({ candidate, place }) => {
    const km = before === null ? null : routeKm([before, place!], null)
    before = place
    return { candidate, place, km }
  })
  return [...placed, ...unplaced.map((one) => ({ ...one, km: null }))]
}

/**
 * Whether to reverse the route. Both directions are equally long: the day begins with the nearer end, or without a
 * start with the more valuable one.
 */
function isBetterBackwards(route: readonly (Point & Chosen<Candidate>)[], from: Point | null): boolean {
  const [first, last] = [route[0]!, route.at(-1)!]
  if (from !== null) return routeKm([from, last], null) < routeKm([from, first], null)
  return valueOf(last.candidate) > valueOf(first.candidate)
}

function totalsOf<C extends Candidate>(chosen: readonly Chosen<C>[], options: DayOptions): DayTotals {
  const points = chosen.flatMap(({ place }) => (place === null ? [] : [place]))
  const km = routeKm(points, options.from) + (chosen.length - points.length) * options.kmIfUnknown
  const expectedValueMinor = chosen.reduce((sum, { candidate }) => sum + (candidate.expectedValueMinor ?? 0), 0)
  return { km, wayCostMinor: km * options.kmCostMinor, expectedValueMinor }
}

function exclusionReason(
  { candidate: { expectedValueMinor }, km, gain }: InsertionOption<Candidate>,
  kmSoFar: number,
  visits: number,
  options: DayOptions,
): LeftOut<Candidate>['why'] {
  if (expectedValueMinor === null) return { code: 'unknown', text: 'What a visit would bring is not known yet.' }
  if (expectedValueMinor <= 0) return { code: 'not-worth', text: 'A visit is expected to cost more than it brings.' }
  if (gain <= 0) return { code: 'too-far', text: 'The way costs more than the visit is expected to bring.' }
  if (visits < options.visits || km > options.kmMax) {
    const text = `The way is ${Math.round(km)} km, and the day has ${Math.max(0, Math.round(options.kmMax - kmSoFar))} km left.`
    return { code: 'too-far', text }
  }
  const others = visits === 1 ? 'The one visit of the day brings' : `The ${visits} visits of the day bring`
  return { code: 'full', text: `${others} more.` }
}

function valueOf({ expectedValueMinor }: Candidate): number {
  return expectedValueMinor ?? Number.NEGATIVE_INFINITY
}

function usablePlaces<C extends Candidate>({ places }: C): C['places'][number][] {
  return places.filter((place) => validatePoint(place) === undefined)
}

function pointOf({ latitude, longitude }: Point): Point {
  return { latitude, longitude }
}
