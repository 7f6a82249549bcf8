import { listOrderTotals, planDay, type Candidate, type DayOptions } from '../../features/visits/day-plan.ts'
import type { Point } from '../../features/visits/positions.ts'
import { routeKm } from '../../features/visits/round-trip.ts'
import { defaultPlanning } from '../../processors/visits/planning/default-planning.ts'
import { outlookOf } from '../../processors/visits/planning/outlook.ts'
import { DAY_MS } from '../../schemas/durations.ts'
import type { CustomerPlace } from '../../schemas/visits/places.ts'
import type { Opportunity, Visit } from '../../schemas/visits/visits.ts'
import { normal, random, sigmoid } from '../../simulator/random.ts'
import { makeStaff } from '../../simulator/visits/staff.ts'
import { createWorld, type World } from '../../simulator/world.ts'

/** Visits per day. */
const VISITS = 5
/** Days of the simulated world on which salespeople plan. */
const DAYS = [30, 37, 44]
/** Customers further away are left out of all lists: nobody visits another city between two visits. */
const REACH_KM = 100
/** Standard deviation of the model's error, in logits. */
const ERROR = 0.7

interface Open extends Candidate {
  readonly salespersonId: string
  readonly probability: number
  /** Expected value of a visit by the true probability. */
  readonly trueValueMinor: number
  /** True probability times the value. */
  readonly trueWorthMinor: number
}

interface Day {
  readonly km: number
  readonly worth: number
  readonly net: number
}

/** Compares a planned day with the first entries of either list in its order, for simulated salespeople. */
export function dayPlans(quick: boolean, log: (line: string) => void): unknown {
  const seeds = quick ? ['a'] : ['a', 'b', 'c']
  const [salespeople, teams] = quick ? [10, 2] : [20, 4]
  const made: Record<'probability' | 'value' | 'plan', Day[]> = { probability: [], value: [], plan: [] }
  for (const seed of seeds) {
    const startAt = Date.UTC(2026, 0, 5)
    const world = createWorld({ seed, startAt, customers: 100 * salespeople, salespeople, teams })
    const offices = new Map(makeStaff(seed, salespeople, teams).map(({ id, office }) => [id, office]))
    for (const day of quick ? DAYS.slice(0, 1) : DAYS) {
      const open = Map.groupBy(openAt(world, day), ({ salespersonId }) => salespersonId)
      for (const [id, candidates] of open) addDay(made, candidates, offices.get(id)!)
    }
    log(`day plans, world ${seed}: ${made.plan.length} days of salespeople so far`)
  }
  return {
    days: made.plan.length,
    visitsADay: VISITS,
    'list by probability': figures(made.probability),
    'list by expected value': figures(made.value),
    'day plan': figures(made.plan),
    'plan less list by value': figures(made.plan.map((plan, index) => less(plan, made.value[index]!))),
    'plan less list by probability': figures(made.plan.map((plan, index) => less(plan, made.probability[index]!))),
  }
}

function addDay(made: Record<'probability' | 'value' | 'plan', Day[]>, all: readonly Open[], from: Point) {
  const candidates = all.filter(({ places }) => places.every((place) => routeKm([from, place], null) <= REACH_KM))
  const { kmCostMinor, kmIfUnknown } = defaultPlanning
  const options: DayOptions = { visits: VISITS, from, kmCostMinor, kmIfUnknown, kmMax: 2 * REACH_KM }
  const byProbability = candidates.toSorted((one, other) => other.probability - one.probability)
  const byValue = candidates.toSorted((one, other) => other.expectedValueMinor! - one.expectedValueMinor!)
  const day = (chosen: readonly Open[], km: number): Day => ({
    km,
    worth: sumOf(chosen, ({ trueWorthMinor }) => trueWorthMinor) / 100,
    net: (sumOf(chosen, ({ trueValueMinor }) => trueValueMinor) - km * kmCostMinor) / 100,
  })
  for (const [name, list] of [['probability', byProbability] as const, ['value', byValue] as const])
    made[name].push(day(list.slice(0, VISITS), listOrderTotals(list, options).km))
  const { stops, km } = planDay(byValue, options)
  made.plan.push(
    day(
      stops.map(({ candidate }) => candidate),
      km,
    ),
  )
}

/** Returns the open opportunities as known on a day; a customer has one at a time. */
function openAt(world: World, day: number): Open[] {
  const at = world.options.startAt + day * DAY_MS
  const truth = world.truth(at).opportunities
  const opportunities = new Map<string, Opportunity>()
  const visits = new Map<string, Map<string, Visit>>()
  const places = new Map<string, CustomerPlace>()
  for (const { topic, event } of world.history(world.options.startAt, at)) {
    if (topic === 'opportunities') {
      const opportunity = event as Opportunity
      opportunities.set(opportunity.opportunityId, opportunity)
    } else if (topic === 'customer-places') {
      const place = event as CustomerPlace
      places.set(place.customerId, place)
    } else if (topic === 'visits') {
      const visit = event as Visit
      const of = visits.get(visit.opportunityId) ?? new Map<string, Visit>()
      visits.set(visit.opportunityId, visit.withdrawn ? of : of.set(visit.visitId, visit))
    }
  }
  return [...opportunities.values()].flatMap((opportunity) => {
    const chance = truth.get(opportunity.opportunityId)
    if (opportunity.status !== 'open' || chance?.won !== null) return []
    const made = [...(visits.get(opportunity.opportunityId)?.values() ?? [])]
    return [openOf(opportunity, made, chance.probability, places.get(opportunity.customerId), at)]
  })
}

function openOf(
  opportunity: Opportunity,
  made: readonly Visit[],
  chance: number,
  place: CustomerPlace | undefined,
  at: number,
): Open {
  const { opportunityId, customerId, salespersonId, valueMinor, currency, stage, plannedCloseAt } = opportunity
  const error = normal(random('model', opportunityId, at), 0, ERROR)
  const known = {
    at,
    lastVisitAt: made.length === 0 ? null : Math.max(...made.map(({ occurredAt }) => occurredAt)),
    visitCount: made.length,
    ...{ plannedCloseAt, stage, valueMinor, currency, trend: null, visitsInMonth: null, agreed: null },
  }
  const seen = outlookOf({ ...known, probability: sigmoid(Math.log(chance / (1 - chance)) + error) }, defaultPlanning)!
  const { expectedValueMinor, urgency, worthMinor } = seen.outlook
  return {
    opportunityId,
    customerId,
    salespersonId,
    probability: seen.probability,
    expectedValueMinor,
    places: place === undefined ? [] : [place],
    trueValueMinor: chance * worthMinor * urgency - defaultPlanning.visitCostMinor,
    trueWorthMinor: chance * worthMinor,
  }
}

function less(one: Day, other: Day): Day {
  return { km: one.km - other.km, worth: one.worth - other.worth, net: one.net - other.net }
}

/** Returns the mean, and the range in which eight days in ten lie. */
function figures(days: readonly Day[]) {
  const of = (value: (day: Day) => number, digits: number) => {
    const values = days.map(value).sort((one, other) => one - other)
    const [low, high] = [values[Math.floor(0.1 * values.length)]!, values[Math.floor(0.9 * values.length)]!]
    return {
      mean: round(sumOf(values, Number) / values.length, digits),
      p10: round(low, digits),
      p90: round(high, digits),
    }
  }
  return {
    km: of(({ km }) => km, 1),
    chanceTimesValueCny: of(({ worth }) => worth, 0),
    expectedValueLessWayCny: of(({ net }) => net, 0),
  }
}

function sumOf<T>(items: readonly T[], amount: (item: T) => number): number {
  return items.reduce((sum, item) => sum + amount(item), 0)
}

function round(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits
}
