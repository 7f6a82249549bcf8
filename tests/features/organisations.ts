import { DAY_MS } from '../../schemas/durations.ts'
import type { Contact, Organisation } from '../../schemas/recommendations/organisations.ts'

const START = Date.UTC(2026, 0, 1)

export function organisation(day: number, changes: Partial<Organisation> = {}): Organisation {
  return {
    id: `organisation/${day}`,
    occurredAt: START + day * DAY_MS,
    source: 'test',
    organisationId: 'org1',
    customerId: 'c1',
    name: 'Nordlicht GmbH',
    fieldOfActivity: 'trade',
    segment: 'small',
    employees: 40,
    region: 'Hamburg',
    attributes: {},
    ...changes,
  }
}

export function contact(contactId: string, day: number, changes: Partial<Contact> = {}): Contact {
  return {
    id: `contact/${contactId}/${day}`,
    occurredAt: START + day * DAY_MS,
    source: 'test',
    contactId,
    organisationId: 'org1',
    customerId: 'c1',
    name: 'Ada Lang',
    role: 'finance',
    interests: ['cheap loans'],
    categories: ['financing'],
    seniority: 'director',
    active: true,
    ...changes,
  }
}
