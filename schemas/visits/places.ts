import { nonNegative } from '../rules.ts'
import {
  boolean,
  documented,
  double,
  event,
  identifier,
  int,
  nullable,
  string,
  timestamp,
  withDefault,
  type TypeOf,
} from '../avro/schema.ts'
import { topic } from '../topic.ts'
import { byKey } from '../persons.ts'

export const CustomerPlace = event(
  'CustomerPlace',
  'A place where a customer, a person or an organisation, can be met. A customer may have several; the nearest counts.',
  {
    placeId: documented('Id of the place; a correction has the same id and a higher revision.', identifier),
    revision: documented('The highest revision applies.', withDefault(nonNegative(int), 0)),
    withdrawn: documented(
      'Whether the place is deleted as wrong. For a place that is no longer used, set validUntil.',
      withDefault(boolean, false),
    ),
    customerId: identifier,
    name: documented('Name that people use, such as head office.', nullable(string)),
    latitude: documented('Latitude in degrees, north positive, WGS 84. An impossible position is ignored.', double),
    longitude: documented('Longitude in degrees, east positive.', double),
    radiusM: documented('Radius of the grounds in metres; null: as the policy states.', nullable(nonNegative(double))),
    validFrom: documented('Start of validity; null: none.', nullable(timestamp)),
    validUntil: documented('End of validity; null: none.', nullable(timestamp)),
  },
)
export type CustomerPlace = TypeOf<typeof CustomerPlace>

export const customerPlaces = topic<CustomerPlace>({
  name: 'customer-places',
  schema: CustomerPlace,
  key: 'customerId',
  persons: byKey,
  keyOf: ({ customerId }) => customerId,
  retention: { days: 3650 },
  role: 'input',
  producer: 'CRM',
})
