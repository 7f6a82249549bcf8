import { assets } from '../../schemas/customers/banking.ts'
import { profiles } from '../../schemas/customers/profiles.ts'
import { MINUTE_MS } from '../../schemas/durations.ts'
import { organisations } from '../../schemas/recommendations/organisations.ts'
import { CURRENCY } from './accounts.ts'
import { type Day } from '../calendar.ts'
import { roundTo } from './customers.ts'
import type { Emit } from '../emit.ts'
import { emitPerson, type OrganisationPeople } from '../recommendations/organisation-people.ts'
import { logNormal, normal, random } from '../random.ts'
import type { CustomerState } from '../state.ts'

/** Emits a customer's profile on the world's first day, and an organisation with its contact persons. */
export function register(state: CustomerState, people: OrganisationPeople | undefined, day: Day, emit: Emit): void {
  const { customer } = state
  const next = random(customer.stream, 'registration')
  const occurredAt = day.startAt + Math.floor(next() * 30 * MINUTE_MS)
  emit(profiles, {
    id: `sim-profile-${customer.id}`,
    occurredAt,
    customerId: customer.id,
    name: customer.person.full,
    sex: customer.sex,
    birthYear: customer.birthYear,
    registeredPlace: customer.registeredPlace,
    residence: customer.city.name,
    timeZone: customer.city.timeZone,
    segment: customer.segment,
    attributes: { preferredChannel: customer.contact.channel },
  })
  const { organisation } = customer
  if (organisation === null) return
  emit(organisations, {
    id: `sim-organisation-${organisation.id}`,
    occurredAt,
    organisationId: organisation.id,
    customerId: customer.id,
    name: organisation.name,
    fieldOfActivity: organisation.field,
    segment: organisation.employees < 20 ? 'micro' : organisation.employees < 100 ? 'small' : 'medium',
    employees: organisation.employees,
    region: customer.city.province,
    attributes: {},
  })
  for (const person of people!.people) emitPerson(people!, person, occurredAt, emit)
}

/** Emits the value of a customer's assets on the first day and once a month. */
export function valueAssets(state: CustomerState, day: Day, emit: Emit): void {
  if (day.index !== 0 && day.dayOfMonth !== 1) return
  const { customer } = state
  const next = random(customer.stream, 'assets', day.index)
  const held = [
    { kind: 'deposit', valueMinor: state.savingsMinor },
    { kind: 'property', valueMinor: roundTo(customer.money.propertyMinor * normal(next, 1, 0.004), 100_000) },
    { kind: 'security', valueMinor: roundTo(customer.money.securitiesMinor * logNormal(next, 1, 0.05), 100) },
  ] as const
  for (const { kind, valueMinor } of held) {
    if (valueMinor <= 0) continue
    const id = `sim-asset-${customer.id}-${kind}-${day.index}`
    const occurredAt = day.startAt + 40 * MINUTE_MS
    emit(assets, {
      id,
      occurredAt,
      customerId: customer.id,
      assetId: `${customer.id}-${kind}`,
      kind,
      valueMinor,
      currency: CURRENCY,
    })
  }
}
