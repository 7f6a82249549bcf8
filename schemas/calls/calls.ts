import { between, notNegative } from '../rules.ts'
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

const Turn = record('Turn', 'One turn of a conversation.', {
  speaker: enumeration('Speaker', ['customer', 'agent', 'system']),
  text: string,
  offsetMs: documented('From the beginning of the call.', withDefault(int, 0)),
})

export const Call = event('Call', 'An outbound or inbound call with its interaction data. Event time is its end.', {
  customerId: identifier,
  callId: identifier,
  agentId: nullable(identifier),
  direction: enumeration('CallDirection', ['outbound', 'inbound']),
  answered: boolean,
  durationS: documented('Talk time in seconds; 0 if not answered.', notNegative(double)),
  campaign: nullable(string),
  product: nullable(string),
  clicks: documented('Number of links of the call that were clicked.', withDefault(notNegative(int), 0)),
  satisfaction: documented('1 to 5, if the customer gave a rating.', nullable(between(1, 5))),
  turns: array(Turn),
  context: documented('Numbers known before the call, by name.', map(double)),
  script: documented('The script template that was used.', nullable(identifier)),
  scriptVersion: documented('Its version.', nullable(notNegative(int))),
})
export type Call = TypeOf<typeof Call>

export const calls = topic<Call>({
  name: 'calls',
  schema: Call,
  key: 'customerId',
  keyOf: (call) => call.customerId,
  retention: { days: 365 },
  role: 'input',
  producer: 'call centre',
})
