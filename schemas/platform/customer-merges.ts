import {
  array,
  boolean,
  bytes,
  documented,
  event,
  int,
  long,
  nullable,
  record,
  string,
  timestamp,
  type TypeOf,
} from '../avro/schema.ts'
import { byFields } from '../persons.ts'
import { globalTopic, topic } from '../topic.ts'

export const CustomerMerge = event(
  'CustomerMerge',
  'Two customers are one: from now on, everything of the former one belongs to the other (docs/customers-merge.md).',
  {
    customerId: documented('The customer who is no longer one of their own.', string),
    into: documented('The customer who they are.', string),
    reason: string,
    changedBy: documented('Who decided it; null: another system.', nullable(string)),
  },
)
export type CustomerMerge = TypeOf<typeof CustomerMerge>

/** Keyed by the merge, so that a later one of the same customer, which has no effect, does not replace it. */
export const customerMerges = globalTopic<CustomerMerge>({
  name: 'customer-merges',
  schema: CustomerMerge,
  key: 'id',
  persons: byFields('customerId', 'into'),
  keyOf: ({ id }) => id,
  versionOf: ({ id }) => id,
  producer: 'merges of customers, by API or command',
})

const MovedStateRecord = record('MovedStateRecord', 'A record of the state of the former customer.', {
  kind: string,
  recordId: string,
  writer: documented('Index of its schema in `schemas`; null: it is numbers of 64 bits.', nullable(int)),
  value: bytes,
})
const MovedTimer = record('MovedTimer', 'A timer of the former customer.', { name: string, at: timestamp })
const MovedEvent = record('MovedEvent', 'An event that came under the id of the former customer later.', {
  topic: documented("The topic that it was written to, without the deployment's prefix.", string),
  partition: int,
  offset: long,
  value: bytes,
})

export const MovedRecord = event(
  'MovedRecord',
  'State or a later event of a merged customer, on the way to the task of the customer who they are.',
  {
    customerId: documented('The customer who it belongs to now.', string),
    formerId: string,
    last: documented('Whether it completes the state of the former customer.', boolean),
    schemas: documented('Avro schemas of the records, as JSON.', array(string)),
    records: array(MovedStateRecord),
    timers: array(MovedTimer),
    event: documented('null: it is state.', nullable(MovedEvent)),
  },
)
export type MovedRecord = TypeOf<typeof MovedRecord>
export type MovedStateRecord = TypeOf<typeof MovedStateRecord>

/** Each task reads what the task of the same processor and version has sent. */
export const movedRecords = topic<MovedRecord>({
  name: 'moved-records',
  schema: MovedRecord,
  key: 'customerId',
  persons: byFields('customerId', 'formerId'),
  keyOf: ({ customerId }) => customerId,
  retention: { days: 365 },
  role: 'system',
  producer: 'every processor that keeps state by customer',
})
