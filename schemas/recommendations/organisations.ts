import {
  array,
  boolean,
  documented,
  enumeration,
  event,
  identifier,
  long,
  map,
  nullable,
  string,
  withDefault,
  type TypeOf,
} from '../avro/schema.ts'
import { nonNegative } from '../rules.ts'
import { topic } from '../topic.ts'
import { byKey } from '../persons.ts'

export const Organisation = event(
  'Organisation',
  'A company that is a customer or a prospect, as it stands from its event time on.',
  {
    organisationId: identifier,
    customerId: identifier,
    name: string,
    fieldOfActivity: nullable(string),
    segment: nullable(string),
    employees: nullable(nonNegative(long)),
    region: nullable(string),
    attributes: documented('Other attributes, by name.', map(string)),
  },
)
export type Organisation = TypeOf<typeof Organisation>

export const organisations = topic<Organisation>({
  name: 'organisations',
  schema: Organisation,
  key: 'customerId',
  persons: byKey,
  keyOf: (organisation) => organisation.customerId,
  retention: { days: 3650 },
  role: 'input',
  producer: 'CRM',
})

export const Contact = event('Contact', 'A contact person of an organisation, as known from its event time on.', {
  contactId: identifier,
  organisationId: identifier,
  customerId: identifier,
  name: string,
  role: nullable(string),
  interests: documented('Interests as entered by the person who recorded them.', array(string)),
  categories: documented('Categories of the catalogue of needs that the interests belong to.', array(string)),
  seniority: nullable(enumeration('Seniority', ['unknown', 'junior', 'senior', 'manager', 'director'])),
  active: documented(
    'Whether the person counts; false: has left the organisation, or is to be ignored.',
    withDefault(boolean, true),
  ),
})
export type Contact = TypeOf<typeof Contact>

export const contacts = topic<Contact>({
  name: 'contacts',
  schema: Contact,
  key: 'customerId',
  persons: byKey,
  keyOf: (contact) => contact.customerId,
  retention: { days: 3650 },
  role: 'input',
  producer: 'CRM',
})
