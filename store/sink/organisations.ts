import { contacts, organisations, type Contact, type Organisation } from '../../schemas/visits.ts'
import { newestOfEach, replaceOn, writeRows, type Columns } from '../write-rows.ts'
import { sinkWriter, valuesOf } from './writer.ts'

interface Told {
  readonly occurred_at: number
  readonly id: string
}

/** The newest word by event time stands, then the larger id, as in the processors. */
const isNewer = (row: Told, held: Told) =>
  row.occurred_at !== held.occurred_at ? row.occurred_at > held.occurred_at : row.id >= held.id
const newerThan = (table: string) =>
  `(${table}.occurred_at, ${table}.id collate "C") <= (excluded.occurred_at, excluded.id collate "C")`

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

export const organisationsWriter = sinkWriter<Organisation>({
  topic: organisations,
  async write(transaction, events) {
    const rows = newestOfEach(valuesOf(events).map(organisationOf), ({ customer_id }) => customer_id, isNewer)
    const conflict = replaceOn(['customer_id'], organisationColumns, newerThan('organisations'))
    await writeRows(transaction, 'organisations', organisationColumns, rows, conflict)
  },
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

export const contactsWriter = sinkWriter<Contact>({
  topic: contacts,
  async write(transaction, events) {
    const keyOf = ({ customer_id, contact_id }: ReturnType<typeof contactOf>) => `${customer_id}\u0000${contact_id}`
    const rows = newestOfEach(valuesOf(events).map(contactOf), keyOf, isNewer)
    const conflict = replaceOn(['customer_id', 'contact_id'], contactColumns, newerThan('contacts'))
    await writeRows(transaction, 'contacts', contactColumns, rows, conflict)
  },
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
