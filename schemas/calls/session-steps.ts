import { array, documented, event, identifier, int, nullable, personal, string, type TypeOf } from '../avro/schema.ts'
import { topic } from '../topic.ts'
import { Saying } from './call-sessions.ts'
import { byKey } from '../persons.ts'

const sessionReports = ['start', 'turn', 'interruption', 'silence', 'end'] as const

export const SessionStep = event(
  'SessionStep',
  'A step of a live call: what was reported, what is said next, and the reasons of every deviation from the script.',
  {
    customerId: identifier,
    callId: identifier,
    step: documented('Number of the step in the call, from 1.', int),
    report: documented(`What the step answers: ${sessionReports.join(', ')}.`, string),
    turn: documented('Number of the customer’s turn; null for other reports.', nullable(int)),
    spoken: personal(
      'texts',
      documented('What the customer said, or what was played until the interruption.', nullable(string)),
    ),
    intent: nullable(string),
    objection: nullable(string),
    confusedBy: documented(
      'Part or answer that the customer did not understand; null if there is none.',
      nullable(string),
    ),
    template: identifier,
    templateVersion: int,
    policyVersion: int,
    say: array(Saying),
    next: documented('listen, end or transfer.', string),
    reasons: array(string),
    unsaid: documented('Required parts that have not been said completely so far.', array(string)),
  },
)
export type SessionStep = TypeOf<typeof SessionStep>

export const sessionSteps = topic<SessionStep>({
  name: 'session-steps',
  schema: SessionStep,
  key: 'customerId',
  persons: byKey,
  keyOf: ({ customerId }) => customerId,
  retention: { days: 365 },
  role: 'output',
  producer: 'API',
})
