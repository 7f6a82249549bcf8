import { MINUTE_MS } from '../../schemas/durations.ts'
import type { Visit } from '../../schemas/visits/visits.ts'
import type { CustomerPlace } from '../../schemas/visits/places.ts'
import { atHour, dayOf, shanghaiMidnight, type Day } from '../calendar.ts'
import { uniform, bernoulli, pick, random, shuffled, uniformInteger, type Random } from '../random.ts'
import { fakeVisit } from './field-cheats.ts'
import { fieldPeople, type FieldPerson, type Point } from './field-people.ts'
import { honestVisit, type FieldVisit } from './field-visit.ts'

export interface FieldWorkOptions {
  readonly seed: string
  readonly people: number
  readonly days: number
  /** Share of people who cheat. */
  readonly cheatingShare: number
  /** Returns an honest report, different each time. */
  report(next: Random): string
}

export interface FieldWork {
  /** Visits in order of visit time. */
  readonly visits: readonly Visit[]
  readonly places: readonly CustomerPlace[]
  /** Ids of visits that never happened. */
  readonly fakeVisits: ReadonlySet<string>
  readonly people: readonly FieldPerson[]
}

/** Number of recent reports available for copying. */
const REMEMBERED = 60
const START = Date.UTC(2026, 0, 5)

/** Simulates the working days of salespeople who visit customers, with honest slips and known cheats. */
export function fieldWork(options: FieldWorkOptions): FieldWork {
  const people = fieldPeople(options.seed, options.people, options.cheatingShare)
  const reports = new Map(people.map(({ id }) => [id, [] as string[]]))
  const visits: Visit[] = []
  const fakeVisits = new Set<string>()
  const midnight = shanghaiMidnight(START)
  for (let index = 0; index < options.days; index++) {
    const day = dayOf(midnight, index)
    if (day.weekend) continue
    for (const [i, person] of people.entries()) {
      const made = workDay(person, partnerOf(people, i), day, reports, options)
      for (const { visit, isFake } of made) {
        visits.push(visit)
        if (isFake) fakeVisits.add(visit.visitId)
      }
    }
  }
  visits.sort((one, other) => one.occurredAt - other.occurredAt)
  return { visits, places: placesOf(people), fakeVisits, people }
}

/** Returns a person's partner, the same every day. */
function partnerOf(people: readonly FieldPerson[], index: number): FieldPerson {
  // From the same city, so that the pair is plausible.
  return people[(index + 10) % people.length]!
}

interface Made {
  readonly visit: FieldVisit
  readonly isFake: boolean
}

function workDay(
  person: FieldPerson,
  partner: FieldPerson,
  day: Day,
  reports: ReadonlyMap<string, string[]>,
  { seed, report }: FieldWorkOptions,
): Made[] {
  const next = random(seed, 'day', person.id, day.index)
  const own = reports.get(person.id)!
  const others = reports.get(partner.id)!
  const evening = atHour(day, uniform(next, 19, 21))
  let hour = uniform(next, 8.5, 9.5)
  let before: Point | null = null
  const isMonthEnd = day.dayOfMonth >= 28
  const isFilling = person.cheat === 'filler' && isMonthEnd
  return shuffled(person.customers, next)
    .slice(0, isFilling ? 9 : uniformInteger(next, 2, 5))
    .map((customer, i) => {
      const minutes = uniform(next, 18, 80)
      const at = atHour(day, hour)
      hour += minutes / 60 + uniform(next, 0.4, 1.1) * (isFilling ? 0.2 : 1)
      const isFake = person.cheat !== null && (isFilling || bernoulli(next, person.rate))
      const text = reportText(next, report)
      const id = `v-${person.id}-${day.index}-${i}`
      const visit = honestVisit(next, { id, person, customer, at, minutes, text, before, evening })
      if (isFake) fakeVisit(next, visit, { person, partner, customer, own, others, evening, morning: atHour(day, 10) })
      else {
        before = customer.place
        own.push(text)
      }
      if (own.length > REMEMBERED) own.shift()
      return { visit, isFake }
    })
}

const nothing = ['客户不在。', '客户开会，没见到。', '送资料。', '改天再约。', '客户出差。']

/** Returns a report, which is sometimes about a visit with nothing to report. */
function reportText(next: Random, report: FieldWorkOptions['report']): string {
  return bernoulli(next, 0.04) ? pick(next, nothing) : report(next)
}

function placesOf(people: readonly FieldPerson[]): CustomerPlace[] {
  return people.flatMap(({ customers }) =>
    customers.flatMap(({ id, known }) =>
      known === null
        ? []
        : [
            {
              id: `place-${id}`,
              occurredAt: START - MINUTE_MS,
              source: 'simulator',
              placeId: `p-${id}`,
              revision: 0,
              withdrawn: false,
              customerId: id,
              name: null,
              ...known,
              radiusM: null,
              validFrom: null,
              validUntil: null,
            },
          ],
    ),
  )
}
