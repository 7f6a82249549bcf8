import { currency, nonNegative } from '../rules.ts'
import {
  boolean,
  documented,
  double,
  enumeration,
  event,
  int,
  long,
  nullable,
  personal,
  record,
  identifier,
  string,
  timestamp,
  withDefault,
} from '../avro/schema.ts'
import type { TypeOf } from '../avro/schema.ts'
import { topic } from '../topic.ts'
import { byKey } from '../persons.ts'

/** Coordinates have no rule: an impossible position is the device's fault, and must not reject the visit. */
const positionFields = {
  latitude: documented('Latitude in degrees, north positive. An impossible position counts as none.', double),
  longitude: documented('Longitude in degrees, east positive.', double),
  accuracyM: documented(
    'Accuracy radius in metres, as the device estimates it; null if not reported.',
    nullable(nonNegative(double)),
  ),
  ageS: documented(
    'Age of the position in seconds when it was used; null if not reported.',
    nullable(nonNegative(double)),
  ),
  mocked: documented(
    'Whether the device reports that an app made the position up; null if not reported.',
    nullable(boolean),
  ),
}
const Place = record('Place', 'A position as reported by a device, WGS 84.', positionFields)
export type Place = TypeOf<typeof Place>
/** Avro defines a record name only once per schema. */
const CheckOutPlace = record('CheckOutPlace', 'A position as reported by a device, WGS 84.', positionFields)

export const Visit = event('Visit', "A salesperson's visit record. Event time is the time of the visit.", {
  visitId: documented('Id of the visit; a correction of its record has the same id and a higher revision.', identifier),
  revision: documented(
    'The highest revision of a visit applies, whatever the order of arrival.',
    withDefault(nonNegative(int), 0),
  ),
  withdrawn: documented('Whether the record was deleted in the CRM.', withDefault(boolean, false)),
  opportunityId: identifier,
  customerId: identifier,
  salespersonId: identifier,
  text: personal('texts', documented("The customer's feedback as the salesperson wrote it.", string)),
  place: personal('contact', documented('Where the salesperson checked in.', nullable(Place))),
  checkInAt: nullable(timestamp),
  checkOutAt: nullable(timestamp),
  checkOutPlace: personal('contact', documented('Where the salesperson checked out.', nullable(CheckOutPlace))),
  enteredAt: documented('When the report was entered in the CRM.', nullable(timestamp)),
  plannedFrom: documented('Planned start of the visit.', nullable(timestamp)),
  plannedUntil: documented('Planned end of the visit.', nullable(timestamp)),
  deviceId: documented('Device that checked in.', nullable(identifier)),
  photoHash: documented('Hash of the photo that was taken; equal photos have equal hashes.', nullable(identifier)),
})
export type Visit = TypeOf<typeof Visit>

/** Values of the other fields for a visit of which only the report is known. */
export const reportOnly = {
  place: null,
  checkInAt: null,
  checkOutAt: null,
  checkOutPlace: null,
  enteredAt: null,
  plannedFrom: null,
  plannedUntil: null,
  deviceId: null,
  photoHash: null,
} as const satisfies Partial<Visit>

export const visits = topic<Visit>({
  name: 'visits',
  schema: Visit,
  key: 'customerId',
  persons: byKey,
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
      'The highest revision applies, whatever the order of arrival.',
      withDefault(nonNegative(int), 0),
    ),
    customerId: identifier,
    salespersonId: identifier,
    teamId: nullable(identifier),
    product: nullable(string),
    stage: documented('Stage: first contact, sale, contract, retention, or as the CRM names it.', nullable(string)),
    status: enumeration('OpportunityStatus', ['open', 'won', 'lost', 'deleted']),
    valueMinor: documented('Expected value in minor units of the currency.', nullable(nonNegative(long))),
    currency: documented('ISO 4217.', nullable(currency)),
    plannedCloseAt: documented('When the decision is expected; null if not reported.', nullable(timestamp)),
  },
)
export type Opportunity = TypeOf<typeof Opportunity>

export const opportunities = topic<Opportunity>({
  name: 'opportunities',
  schema: Opportunity,
  key: 'customerId',
  persons: byKey,
  keyOf: (opportunity) => opportunity.customerId,
  retention: { days: 3650 },
  role: 'input',
  producer: 'CRM',
})
