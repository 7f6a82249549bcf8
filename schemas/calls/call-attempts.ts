import { documented, event, identifier, nullable, timestamp, type TypeOf } from '../avro/schema.ts'
import { oneOf } from '../rules.ts'
import { topic } from '../topic.ts'
import { byKey } from '../persons.ts'

/** `dispatched`: the call system was instructed to dial. `completed`: it reported the outcome. */
const attemptSteps = ['dispatched', 'completed'] as const

export const CallAttempt = event(
  'CallAttempt',
  'A step of a campaign call. If several outcomes are reported, the latest applies.',
  {
    customerId: identifier,
    campaign: identifier,
    attemptId: documented('Id of the attempt, which is the callId of the call.', identifier),
    step: documented(`${attemptSteps.join(', ')}.`, oneOf(attemptSteps)),
    disposition: documented(
      'Outcome, a code of /dispositions; null until the call is completed.',
      nullable(identifier),
    ),
    callbackAt: documented(
      'When the customer asked to be called back; null if there is no such request.',
      nullable(timestamp),
    ),
    agentId: nullable(identifier),
  },
)
export type CallAttempt = TypeOf<typeof CallAttempt>

export const callAttempts = topic<CallAttempt>({
  name: 'call-attempts',
  schema: CallAttempt,
  key: 'customerId',
  persons: byKey,
  keyOf: ({ customerId }) => customerId,
  retention: { days: 365 },
  role: 'input',
  producer: 'API, call system',
})
