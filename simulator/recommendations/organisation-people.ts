import { firstOutcome, outcomes } from '../../schemas/models/outcomes.ts'
import { stages, type Stage } from '../../schemas/recommendations/dictionary.ts'
import { HOUR_MS, MINUTE_MS } from '../../schemas/durations.ts'
import { contacts, type Contact } from '../../schemas/recommendations/organisations.ts'
import { atHour, type Day } from '../calendar.ts'
import type { Customer } from '../customers/customers.ts'
import type { Emit } from '../emit.ts'
import { personName } from '../customers/names.ts'
import { uniform, bernoulli, normal, pick, random, shuffled, sigmoid, uniformInteger, type Random } from '../random.ts'
import { interestCategories, wishes, type Category, type Interest } from './wishes.ts'

const allInterests = Object.keys(interestCategories) as Interest[]
const roles: readonly { readonly role: string; readonly seniority: Contact['seniority'] }[] = [
  { role: '总经理', seniority: 'director' },
  { role: '财务总监', seniority: 'director' },
  { role: '采购经理', seniority: 'manager' },
  { role: '行政主管', seniority: 'senior' },
]

interface Person {
  readonly contactId: string
  readonly name: string
  readonly role: string
  readonly seniority: Contact['seniority']
  interests: readonly Interest[]
  active: boolean
  /** Number of contact events emitted so far. */
  revision: number
}

/** An organisation's contact persons, and the stage of its sales talks. */
export interface OrganisationPeople {
  readonly customer: Customer
  readonly people: Person[]
  stage: Stage
  everWon: boolean
  /** Preferences of this organisation beyond those of its field and people, as logits. */
  readonly affinities: ReadonlyMap<string, number>
}

/** Creates an organisation's contact persons for the world's first morning. */
export function makePeople(customer: Customer): OrganisationPeople {
  const next = random(customer.stream, 'people')
  const people = Array.from({ length: uniformInteger(next, 1, 3) }, (_, i) =>
    makePerson(customer, i, i === 0 ? customer.person.full : undefined, next),
  )
  const affinities = new Map(
    Object.keys(wishes).map((id) => [id, normal(random(customer.stream, 'liking', id), 0, 0.5)]),
  )
  return { customer, people, stage: 'first contact', everWon: false, affinities }
}

function makePerson(customer: Customer, index: number, name: string | undefined, next: Random): Person {
  return {
    contactId: `${customer.organisation!.id}-${index}`,
    name: name ?? personName(next, pick(next, ['female', 'male'] as const)).full,
    ...roles[index === 0 ? 0 : uniformInteger(next, 1, roles.length - 1)]!,
    interests: someInterests(next),
    active: true,
    revision: 0,
  }
}

const someInterests = (next: Random): readonly Interest[] => allInterests.filter(() => bernoulli(next, 0.3))

export function emitPerson({ customer }: OrganisationPeople, person: Person, occurredAt: number, emit: Emit): void {
  emit(contacts, {
    id: `sim-contact-${person.contactId}-${person.revision++}`,
    occurredAt,
    contactId: person.contactId,
    organisationId: customer.organisation!.id,
    customerId: customer.id,
    name: person.name,
    role: person.role,
    interests: person.interests,
    categories: person.interests.map((interest) => interestCategories[interest]),
    seniority: person.seniority,
    active: person.active,
  })
}

/**
 * Sets the stage of the talks: that of the open deal, otherwise retention if a deal was ever won, otherwise first
 * contact.
 */
export function updateStage(organisation: OrganisationPeople, dealStage: number | undefined, won: boolean): void {
  organisation.everWon ||= won
  organisation.stage =
    dealStage === undefined ? (organisation.everWon ? 'retention' : 'first contact') : stages[dealStage]!
}

/**
 * Simulates a day of an organisation's people: interests change, people join and leave, and some characteristics are
 * discussed.
 */
export function meetPeople(organisation: OrganisationPeople, day: Day, next: Random, emit: Emit): void {
  if (day.weekend) return
  const { people, customer } = organisation
  if (bernoulli(next, 0.012)) {
    const person = pick(next, people)
    person.interests = someInterests(next)
    emitPerson(organisation, person, atHour(day, uniform(next, 9, 17)), emit)
  }
  if (people.length > 1 && bernoulli(next, 0.003)) {
    const leaver = people.at(-1)!
    leaver.active = false
    emitPerson(organisation, leaver, atHour(day, uniform(next, 9, 17)), emit)
    const successor = makePerson(customer, people.length, undefined, next)
    people.push(successor)
    emitPerson(organisation, successor, atHour(day, uniform(next, 17, 18)), emit)
  }
  if (bernoulli(next, 0.4)) talk(organisation, day, next, emit)
}

/** Discusses some characteristics; whether they were accepted becomes known a little later. */
function talk(organisation: OrganisationPeople, day: Day, next: Random, emit: Emit): void {
  const { customer } = organisation
  // At night, when all of the day's events have been published.
  const asOf = atHour(day, 22) + Math.floor(next() * 30 * MINUTE_MS)
  for (const id of shuffled(Object.keys(wishes), next).slice(0, uniformInteger(next, 3, 5))) {
    emit(outcomes, {
      id: `sim-recommendation-${customer.id}-${day.index}-${id}`,
      occurredAt: asOf + Math.round(uniform(next, 0.1, 1) * HOUR_MS),
      customerId: customer.id,
      task: 'recommendation',
      subjectId: id,
      value: bernoulli(next, wishProbability(organisation, id)) ? 1 : 0,
      asOf,
      ...firstOutcome,
    })
  }
}

/** Returns the true probability that a characteristic is accepted if offered now. */
export function wishProbability({ customer, people, stage, affinities }: OrganisationPeople, id: string): number {
  const { category, fields, stage: bestStage } = wishes[id]!
  const atWork = people.filter(({ active }) => active)
  const keen = atWork.filter(({ interests }) =>
    interests.some((interest) => (interestCategories[interest] as Category) === category),
  )
  const shareKeen = atWork.length === 0 ? 0 : keen.length / atWork.length
  return sigmoid(
    -2.2 +
      1.8 * (fields.includes(customer.organisation!.field) ? 1 : 0) +
      1.9 * shareKeen +
      0.9 * (stage === bestStage ? 1 : 0) +
      affinities.get(id)!,
  )
}
