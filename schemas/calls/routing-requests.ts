import {
  array,
  boolean,
  documented,
  event,
  identifier,
  int,
  nullable,
  withDefault,
  type TypeOf,
} from '../avro/schema.ts'
import { between, itemsAtMost } from '../rules.ts'
import { topic } from '../topic.ts'

/** Needs of a call, common to all events that state them. */
export const neededFields = {
  queue: documented('The queue that the call is for; null: the best one is chosen.', nullable(identifier)),
  intent: documented('What the customer wants; null: not known.', nullable(identifier)),
  language: documented('An agent must speak it; null: any.', nullable(identifier)),
  requiredSkills: documented('An agent must have all of them.', withDefault(itemsAtMost(50, array(identifier)), [])),
  priority: documented('0 to 9; the higher one goes first.', withDefault(between(0, 9, int), 0)),
}

export const RoutingRequest = event(
  'RoutingRequest',
  'A call asks for an agent. The latest of a request counts; a transfer of the call is another request.',
  {
    customerId: identifier,
    requestId: identifier,
    callId: identifier,
    desk: identifier,
    ...neededFields,
    withdrawn: documented(
      'The customer has hung up, or needs no agent any more. It is not asked again.',
      withDefault(boolean, false),
    ),
  },
)
export type RoutingRequest = TypeOf<typeof RoutingRequest>

export const routingRequests = topic<RoutingRequest>({
  name: 'routing-requests',
  schema: RoutingRequest,
  key: 'customerId',
  keyOf: ({ customerId }) => customerId,
  retention: { days: 30 },
  role: 'input',
  producer: 'call system',
})
