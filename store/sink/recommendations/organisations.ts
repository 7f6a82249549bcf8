import {
  contacts,
  organisations,
  type Contact,
  type Organisation,
} from '../../../schemas/recommendations/organisations.ts'
import type { Columns } from '../../sql/write-rows.ts'
import { sinkWriter } from '../writer.ts'

/** The latest event time wins, then the larger id, as in the processors. */
const newestWord = { newestBy: ['occurredAt', 'id'] }

const organisationColumns = {
  customerId: 'text',
  id: 'text',
  organisationId: 'text',
  name: 'text',
  fieldOfActivity: 'text',
  segment: 'text',
  employees: 'bigint',
  region: 'text',
  attributes: 'jsonb',
  occurredAt: 'time',
  source: 'text',
} as const satisfies Columns<ReturnType<typeof organisationOf>>

export const organisationsWriter = sinkWriter({
  topic: organisations,
  columns: organisationColumns,
  rowOf: organisationOf,
  tables: [{ name: 'organisations', key: ['customerId'], keep: newestWord }],
})

function organisationOf(organisation: Organisation) {
  return {
    customerId: organisation.customerId,
    id: organisation.id,
    organisationId: organisation.organisationId,
    name: organisation.name,
    fieldOfActivity: organisation.fieldOfActivity,
    segment: organisation.segment,
    employees: organisation.employees,
    region: organisation.region,
    attributes: organisation.attributes,
    occurredAt: organisation.occurredAt,
    source: organisation.source,
  }
}

const contactColumns = {
  customerId: 'text',
  contactId: 'text',
  id: 'text',
  organisationId: 'text',
  name: 'text',
  role: 'text',
  interests: 'jsonb',
  categories: 'jsonb',
  seniority: 'text',
  active: 'boolean',
  occurredAt: 'time',
  source: 'text',
} as const satisfies Columns<ReturnType<typeof contactOf>>

export const contactsWriter = sinkWriter({
  topic: contacts,
  columns: contactColumns,
  rowOf: contactOf,
  tables: [{ name: 'contacts', key: ['customerId', 'contactId'], keep: newestWord }],
})

function contactOf(contact: Contact) {
  return {
    customerId: contact.customerId,
    contactId: contact.contactId,
    id: contact.id,
    organisationId: contact.organisationId,
    name: contact.name,
    role: contact.role,
    interests: contact.interests,
    categories: contact.categories,
    seniority: contact.seniority,
    active: contact.active,
    occurredAt: contact.occurredAt,
    source: contact.source,
  }
}
