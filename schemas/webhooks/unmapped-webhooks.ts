import {
  array,
  bytes,
  documented,
  enumeration,
  event,
  int,
  nullable,
  record,
  string,
  type TypeOf,
} from '../avro/schema.ts'
import { topic } from '../topic.ts'
import { byBytes } from '../persons.ts'

const MappingProblem = record('MappingProblem', 'Why a payload, or one of the events that it maps to, is refused.', {
  index: documented('Index of the event in the result of the mapping; null: the payload as a whole.', nullable(int)),
  topic: nullable(string),
  path: documented('JSON Pointer to the value in the event.', string),
  problem: string,
})
export type MappingProblem = TypeOf<typeof MappingProblem>

export const UnmappedWebhook = event(
  'UnmappedWebhook',
  'A verified webhook that could not be mapped completely, with its body. Event time is when it was received, or replayed.',
  {
    webhook: documented('Name of the source.', string),
    deliveryId: string,
    contentType: string,
    body: documented('The body as it was received.', bytes),
    mappingVersion: documented('Version of the source that could not map it.', int),
    problems: array(MappingProblem),
    acceptedIds: documented('Ids of the events of this payload that were accepted.', array(string)),
    attempts: documented('Replays so far.', int),
    state: enumeration('UnmappedState', ['pending', 'replayed']),
  },
)
export type UnmappedWebhook = TypeOf<typeof UnmappedWebhook>

export const unmappedWebhooks = topic<UnmappedWebhook>({
  name: 'unmapped-webhooks',
  schema: UnmappedWebhook,
  key: 'webhook',
  persons: byBytes('body'),
  keyOf: ({ webhook }) => webhook,
  retention: { days: 90 },
  role: 'system',
  producer: 'API',
})
