import { between, nonNegative } from '../rules.ts'
import {
  array,
  boolean,
  documented,
  double,
  enumeration,
  event,
  identifier,
  int,
  map,
  nullable,
  record,
  string,
  withDefault,
  type TypeOf,
} from '../avro/schema.ts'
import { topic } from '../topic.ts'
import { byKey } from '../persons.ts'

const Turn = record('Turn', 'One turn of a conversation.', {
  speaker: enumeration('Speaker', ['customer', 'agent', 'system']),
  text: string,
  offsetMs: documented('Time since the beginning of the call, in ms.', withDefault(int, 0)),
})

export const Call = event(
  'Call',
  'An outbound or inbound call with its interaction data. Event time is the end of the call.',
  {
    customerId: identifier,
    callId: identifier,
    agentId: nullable(identifier),
    direction: enumeration('CallDirection', ['outbound', 'inbound']),
    answered: boolean,
    durationS: documented('Talk time in seconds; 0 if not answered.', nonNegative(double)),
    campaign: nullable(string),
    product: nullable(string),
    clicks: documented('Number of links sent in the call that the customer clicked.', withDefault(nonNegative(int), 0)),
    satisfaction: documented('Rating by the customer, 1 to 5; null if there is none.', nullable(between(1, 5))),
    turns: array(Turn),
    context: documented('Numbers known before the call, by name.', map(double)),
    script: documented('Script template used in the call.', nullable(identifier)),
    scriptVersion: documented('Version of that script template.', nullable(nonNegative(int))),
  },
)
export type Call = TypeOf<typeof Call>

export const calls = topic<Call>({
  name: 'calls',
  schema: Call,
  key: 'customerId',
  persons: byKey,
  keyOf: (call) => call.customerId,
  retention: { days: 365 },
  role: 'input',
  producer: 'call centre',
})
