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
import { byKey } from '../persons.ts'

/** Needs of a call, common to all events that state them. */
export const neededFields = {
  queue: documented('Queue that the call is for; null: the best one is chosen.', nullable(identifier)),
  intent: documented('What the customer wants; null if unknown.', nullable(identifier)),
  language: documented('Language that the agent must speak; null: any.', nullable(identifier)),
  requiredSkills: documented(
    'Skills that the agent must have, all of them.',
    withDefault(itemsAtMost(50, array(identifier)), []),
  ),
  priority: documented('Priority, 0 to 9; higher goes first.', withDefault(between(0, 9, int), 0)),
}

export const RoutingRequest = event(
  'RoutingRequest',
  'A call’s request for an agent. The latest event per request applies; a transfer of the call is a new request.',
  {
    customerId: identifier,
    requestId: identifier,
    callId: identifier,
    desk: identifier,
    ...neededFields,
    withdrawn: documented(
      'Whether the customer has hung up or needs no agent any more. A withdrawn request is final.',
      withDefault(boolean, false),
    ),
  },
)
export type RoutingRequest = TypeOf<typeof RoutingRequest>

export const routingRequests = topic<RoutingRequest>({
  name: 'routing-requests',
  schema: RoutingRequest,
  key: 'customerId',
  persons: byKey,
  keyOf: ({ customerId }) => customerId,
  retention: { days: 30 },
  role: 'input',
  producer: 'call system',
})
