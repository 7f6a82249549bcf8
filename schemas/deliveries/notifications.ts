import { documented, event, nullable, string, type TypeOf } from '../avro/schema.ts'
import { topic } from '../topic.ts'
import { byKey } from '../persons.ts'

export const Notification = event(
  'Notification',
  'A message of a channel of the kind topic, sent at least once; repeated messages have the same id.',
  {
    channel: string,
    type: documented('alert.raised, alert.withdrawn, potential-customer.changed or channel.test.', string),
    kind: documented('Kind of the alert; null if the message is not about an alert.', nullable(string)),
    record: documented('The customer that the message is about.', string),
    body: documented('JSON body, the same as for a webhook: type, timestamp, data.', string),
  },
)
export type Notification = TypeOf<typeof Notification>

export const notifications = topic<Notification>({
  name: 'notifications',
  schema: Notification,
  key: 'record',
  persons: byKey,
  keyOf: ({ record }) => record,
  retention: { days: 30 },
  role: 'output',
  producer: 'deliveries, for channels of the kind topic',
})
