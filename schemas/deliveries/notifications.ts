import { documented, event, nullable, string, type TypeOf } from '../avro/schema.ts'
import { topic } from '../topic.ts'

export const Notification = event(
  'Notification',
  'A message of a channel of the kind topic, sent at least once; the same message has the same id.',
  {
    channel: string,
    type: documented('alert.raised, alert.withdrawn, potential-customer.changed or channel.test.', string),
    kind: documented('Of an alert; null: it is about something else.', nullable(string)),
    record: documented('Whose message it is: the customer.', string),
    body: documented('JSON, the same that a webhook gets: type, timestamp, data.', string),
  },
)
export type Notification = TypeOf<typeof Notification>

export const notifications = topic<Notification>({
  name: 'notifications',
  schema: Notification,
  key: 'record',
  keyOf: ({ record }) => record,
  retention: { days: 30 },
  role: 'output',
  producer: 'deliveries, for channels of the kind topic',
})
