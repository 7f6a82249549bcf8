import { assets } from '../schemas/banking.ts'
import { profiles } from '../schemas/contact-centre.ts'
import { contacts, organisations } from '../schemas/visits.ts'
import { CURRENCY } from './accounts.ts'
import { MINUTE_MS, type Day } from './calendar.ts'
import { roundTo } from './customers.ts'
import type { Emit } from './emit.ts'
import { personName } from './names.ts'
import { chance, logNormal, normal, pick, random, whole } from './random.ts'
import type { CustomerState } from './state.ts'

const interests = ['成本控制', '融资渠道', '资金周转', '员工福利', '汇率风险', '收款效率', '税务筹划']
const roles = ['总经理', '财务总监', '采购经理', '行政主管']

/** On the world's first day: who the customers are. Organisations bring their contact persons along. */
export function register(state: CustomerState, day: Day, emit: Emit): void {
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
  })
  for (let i = 0, count = whole(next, 1, 2); i < count; i++) {
    emit(contacts, {
      id: `sim-contact-${organisation.id}-${i}`,
      occurredAt,
      contactId: `${organisation.id}-${i}`,
      organisationId: organisation.id,
      customerId: customer.id,
      name: i === 0 ? customer.person.full : personName(next, pick(next, ['female', 'male'] as const)).full,
      role: roles[i === 0 ? 0 : whole(next, 1, roles.length - 1)]!,
      interests: interests.filter(() => chance(next, 0.3)),
    })
  }
}

/** On the first day, and once a month: what the customer owns. */
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
