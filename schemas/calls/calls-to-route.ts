import { array, documented, event, identifier, type TypeOf } from '../avro/schema.ts'
import { oneOf } from '../rules.ts'
import { topic } from '../topic.ts'
import { neededFields } from './routing-requests.ts'
import { byFields } from '../persons.ts'

export const CallToRoute = event(
  'CallToRoute',
  'A call’s request to a desk for an agent, with what is known about the customer.',
  {
    desk: identifier,
    requestId: identifier,
    callId: identifier,
    customerId: identifier,
    step: documented(
      'asked: first request. changed: the needs of the call have changed. withdrawn: the call needs no agent any more.',
      oneOf(['asked', 'changed', 'withdrawn']),
    ),
    ...neededFields,
    knownAgents: documented('Agents who have spoken with the customer before, the latest first.', array(identifier)),
  },
)
export type CallToRoute = TypeOf<typeof CallToRoute>

export const callsToRoute = topic<CallToRoute>({
  name: 'calls-to-route',
  schema: CallToRoute,
  key: 'desk',
  persons: byFields('customerId'),
  keyOf: ({ desk }) => desk,
  retention: { days: 30 },
  role: 'output',
  producer: 'calls-to-route processor',
})
