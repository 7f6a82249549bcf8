import { notNegative } from '../rules.ts'
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

export const CustomerPlace = event(
  'CustomerPlace',
  'A place where a customer, a person or an organisation, can be met. A customer may have several; the nearest counts.',
  {
    placeId: documented('The place; a correction has the same id and a higher revision.', identifier),
    revision: documented('The highest revision counts.', withDefault(notNegative(int), 0)),
    withdrawn: documented('The customer is not met there any more, and never was.', withDefault(boolean, false)),
    customerId: identifier,
    name: documented('As people call it, such as head office.', nullable(string)),
    latitude: documented('Degrees, north positive, WGS 84. An impossible position is no place.', double),
    longitude: documented('Degrees, east positive.', double),
    radiusM: documented(
      'How far its grounds reach, in metres; null: as the policy says.',
      nullable(notNegative(double)),
    ),
    validFrom: documented('The place holds from then on; null: always has.', nullable(timestamp)),
    validUntil: documented('The place holds until then; null: still does.', nullable(timestamp)),
  },
)
export type CustomerPlace = TypeOf<typeof CustomerPlace>

export const customerPlaces = topic<CustomerPlace>({
  name: 'customer-places',
  schema: CustomerPlace,
  key: 'customerId',
  keyOf: ({ customerId }) => customerId,
  retention: { days: 3650 },
  role: 'input',
  producer: 'CRM',
})
