import { array, documented, event, float, string, type TypeOf } from '../avro/schema.ts'
import { topic } from '../topic.ts'
import { byKey } from '../persons.ts'

export const CustomerFeatures = event('CustomerFeatures', "A customer's features after an event.", {
  customerId: string,
  featureSet: documented('Name and version of the feature set that names the values.', string),
  values: documented('Values in the order of the feature set; NaN if unknown.', array(float)),
  timeZone: string,
})
export type CustomerFeatures = TypeOf<typeof CustomerFeatures>

export const customerFeatures = topic<CustomerFeatures>({
  name: 'customer-features',
  schema: CustomerFeatures,
  key: 'customerId',
  persons: byKey,
  keyOf: (features) => features.customerId,
  // Scores refer to records for up to this long; the newest is served even if the customer is silent for longer.
  retention: { days: 30, keepsLatest: true },
  role: 'output',
  producer: 'customer-features processor',
})
