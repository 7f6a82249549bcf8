import {
  contacts,
  organisations,
  type Contact,
  type Organisation,
} from '../../../schemas/recommendations/organisations.ts'
import type { Columns } from '../../sql/write-rows.ts'
import { sinkWriter } from '../writer.ts'

/** The latest event time wins, then the larger id, as in the processors. */
const newestWord = { newestBy: ['occurred_at', 'id'] }

const organisationColumns = {
  customer_id: 'text',
  id: 'text',
  organisation_id: 'text',
  name: 'text',
  field_of_activity: 'text',
  segment: 'text',
  employees: 'bigint',
  region: 'text',
  attributes: 'jsonb',
  occurred_at: 'time',
  source: 'text',
} as const satisfies Columns<ReturnType<typeof organisationOf>>

export const organisationsWriter = sinkWriter({
  topic: organisations,
  columns: organisationColumns,
  rowOf: organisationOf,
  tables: [{ name: 'organisations', key: ['customer_id'], keep: newestWord }],
})

function organisationOf(organisation: Organisation) {
  return {
    customer_id: organisation.customerId,
    id: organisation.id,
    organisation_id: organisation.organisationId,
    name: organisation.name,
    field_of_activity: organisation.fieldOfActivity,
    segment: organisation.segment,
    employees: organisation.employees,
    region: organisation.region,
    attributes: organisation.attributes,
    occurred_at: organisation.occurredAt,
    source: organisation.source,
  }
}

const contactColumns = {
  customer_id: 'text',
  contact_id: 'text',
  id: 'text',
  organisation_id: 'text',
  name: 'text',
  role: 'text',
  interests: 'jsonb',
  categories: 'jsonb',
  seniority: 'text',
  active: 'boolean',
  occurred_at: 'time',
  source: 'text',
} as const satisfies Columns<ReturnType<typeof contactOf>>

export const contactsWriter = sinkWriter({
  topic: contacts,
  columns: contactColumns,
  rowOf: contactOf,
  tables: [{ name: 'contacts', key: ['customer_id', 'contact_id'], keep: newestWord }],
})

function contactOf(contact: Contact) {
  return {
    customer_id: contact.customerId,
    contact_id: contact.contactId,
    id: contact.id,
    organisation_id: contact.organisationId,
    name: contact.name,
    role: contact.role,
    interests: contact.interests,
    categories: contact.categories,
    seniority: contact.seniority,
    active: contact.active,
    occurred_at: contact.occurredAt,
    source: contact.source,
  }
}
