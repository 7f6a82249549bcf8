import { array, documented, double, event, nullable, record, string, type TypeOf } from '../avro/schema.ts'
import { topic } from '../topic.ts'
import { byKey } from '../persons.ts'

export const Interest = record('Interest', 'A product or service with the probability that the customer accepts it.', {
  product: string,
  probability: documented('Probability that the customer accepts it.', double),
})
export type Interest = TypeOf<typeof Interest>

export const CustomerInterests = event(
  'CustomerInterests',
  'What a customer is interested in, the strongest interest first; published when it changes noticeably.',
  {
    customerId: string,
    interests: array(Interest),
    modelId: documented('Id of the model; null if there was no usable one.', nullable(string)),
    absent: documented('Why there are no interests.', nullable(string)),
    lookedAt: documented('What the customer looked at most recently, the latest first.', array(string)),
  },
)
export type CustomerInterests = TypeOf<typeof CustomerInterests>

export const interests = topic<CustomerInterests>({
  name: 'interests',
  schema: CustomerInterests,
  key: 'customerId',
  persons: byKey,
  keyOf: ({ customerId }) => customerId,
  retention: 'compacted',
  role: 'output',
  producer: 'interests, a scorer of customer-features',
})
