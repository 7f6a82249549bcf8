import { between, currency, notNegative } from '../rules.ts'
import {
  boolean,
  documented,
  enumeration,
  event,
  int,
  long,
  nullable,
  record,
  identifier,
  string,
  timestamp,
  withDefault,
} from '../avro/schema.ts'
import type { TypeOf } from '../avro/schema.ts'
import { topic } from '../topic.ts'

const Place = record('Place', 'A position on the globe, WGS 84.', {
  latitude: documented('Degrees, north positive.', between(-90, 90)),
  longitude: documented('Degrees, east positive.', between(-180, 180)),
})

export const Visit = event('Visit', "A salesperson's visit record. Event time is the time of the visit.", {
  visitId: documented('The visit; a correction of its record has the same id and a higher revision.', identifier),
  revision: documented(
    'The highest revision of a visit is the one that counts, whatever the order of arrival.',
    withDefault(notNegative(int), 0),
  ),
  withdrawn: documented('The record was deleted in the CRM.', withDefault(boolean, false)),
  opportunityId: identifier,
  customerId: identifier,
  salespersonId: identifier,
  text: documented("The customer's feedback as the salesperson wrote it.", string),
  place: nullable(Place),
  checkInAt: nullable(timestamp),
  checkOutAt: nullable(timestamp),
})
export type Visit = TypeOf<typeof Visit>

export const visits = topic<Visit>({
  name: 'visits',
  schema: Visit,
  key: 'customerId',
  keyOf: (visit) => visit.customerId,
  retention: { days: 365 },
  role: 'input',
  producer: 'CRM',
})

export const Opportunity = event(
  'Opportunity',
  'A possible deal with a customer, as it stands from its event time on.',
  {
    opportunityId: identifier,
    revision: documented(
      'The highest revision counts, whatever the order of arrival.',
      withDefault(notNegative(int), 0),
    ),
    customerId: identifier,
    salespersonId: identifier,
    teamId: nullable(identifier),
    product: nullable(string),
    stage: documented('First contact, sale, contract, retention, or as the CRM names it.', nullable(string)),
    status: enumeration('OpportunityStatus', ['open', 'won', 'lost', 'deleted']),
    valueMinor: documented('Expected value in minor units of the currency.', nullable(notNegative(long))),
    currency: documented('ISO 4217.', nullable(currency)),
  },
)
export type Opportunity = TypeOf<typeof Opportunity>

export const opportunities = topic<Opportunity>({
  name: 'opportunities',
  schema: Opportunity,
  key: 'customerId',
  keyOf: (opportunity) => opportunity.customerId,
  retention: { days: 3650 },
  role: 'input',
  producer: 'CRM',
})
