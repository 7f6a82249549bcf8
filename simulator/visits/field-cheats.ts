import { HOUR_MS, MINUTE_MS } from '../../schemas/durations.ts'
import { uniform, bernoulli, pick, shuffled, uniformInteger, type Random } from '../random.ts'
import { near, type FieldCustomer, type FieldPerson, type Point } from './field-people.ts'
import type { FieldVisit } from './field-visit.ts'
import { generic } from './visit-phrases.ts'

/** What a cheat can draw on to report a visit that never happened. */
export interface CheatContext {
  readonly person: FieldPerson
  readonly partner: FieldPerson
  readonly customer: FieldCustomer
  /** Earlier reports to copy from: the cheat's own, and those of the partner. */
  readonly own: readonly string[]
  readonly others: readonly string[]
  readonly evening: number
  readonly morning: number
}

const fix = (next: Random, place: Point, metres: number) => ({
  ...near(next, place, metres),
  accuracyM: uniformInteger(next, 5, 30),
  ageS: uniformInteger(next, 0, 10),
  mocked: false,
})

/** Replaces a visit by what the cheat reports instead. More cunning cheats leave fewer traces. */
export function fakeVisit(next: Random, visit: FieldVisit, context: CheatContext): void {
  const { person, evening } = context
  const minutes = person.cunning === 0 ? uniform(next, 0.5, 4) : uniform(next, 15, 60)
  if (visit.checkInAt !== null) visit.checkOutAt = Math.round(visit.checkInAt + minutes * MINUTE_MS)
  visit.checkOutPlace = null
  if (person.cunning < 2) visit.enteredAt = Math.round(evening + uniform(next, 0, 20) * MINUTE_MS)
  if (person.cunning < 2) visit.photoHash = null
  cheatMethods[person.cheat!](next, visit, context)
}

type CheatMethod = (next: Random, visit: FieldVisit, context: CheatContext) => void

const cheatMethods: Readonly<Record<NonNullable<FieldPerson['cheat']>, CheatMethod>> = {
  copier(next, visit, { person, own }) {
    visit.text = copied(next, own, person.cunning) ?? visit.text
    visit.place = bernoulli(next, 0.6) ? null : fix(next, person.home, 15)
  },
  filler(next, visit, { person }) {
    visit.text = pick(next, generic) + (person.cunning > 0 ? pick(next, generic) : '')
    visit.place = null
  },
  home(next, visit, { person }) {
    // Cunning cheats check in from a car park in town, which is also far from most customers.
    visit.place = fix(next, person.home, person.cunning === 2 ? 800 : 15)
  },
  mock(next, visit, { person, customer, morning }) {
    const pinned = customer.known ?? customer.place
    visit.place = { ...fix(next, pinned, person.cunning === 2 ? 15 : 0), mocked: person.cunning === 0 }
    // Careless cheats don't travel between visits, so they report the next one within minutes.
    if (visit.checkInAt !== null && person.cunning < 2) {
      visit.checkInAt = Math.round(morning + uniform(next, 0, 0.5) * HOUR_MS)
      visit.occurredAt = visit.checkInAt
      visit.checkOutAt = Math.round(visit.checkInAt + uniform(next, 10, 30) * MINUTE_MS)
    }
  },
  pair(next, visit, { person, partner, others }) {
    if (person.cunning < 2) visit.deviceId = partner.device
    // Position of the partner.
    visit.place = fix(next, pick(next, partner.customers).place, 15)
    visit.text = copied(next, others, person.cunning) ?? visit.text
  },
}

const LATELY = 10
const fillers = ['另外', '同时', '还有', '而且']

/** Returns a copied report by degree of cunning: verbatim, with other numbers and punctuation, or partly reordered. */
function copied(next: Random, reports: readonly string[], cunning: number): string | undefined {
  // The latest reports are not in the CRM yet.
  const old = reports.slice(0, -LATELY)
  if (old.length === 0) return undefined
  const text = pick(next, old)
  if (cunning === 0) return text
  const changed = text
    .replaceAll(/\d/g, () => String(uniformInteger(next, 0, 9)))
    .replaceAll('，', bernoulli(next, 0.5) ? '、' : ' ')
  if (cunning === 1) return changed
  const parts = shuffled(changed.split(/(?<=[。！？!?])/), next)
  return parts.slice(0, Math.max(1, Math.ceil(parts.length * 0.7))).join('') + pick(next, fillers) + pick(next, generic)
}
