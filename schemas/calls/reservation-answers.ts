import { boolean, documented, event, identifier, nullable, type TypeOf } from '../avro/schema.ts'
import { oneOf, textUpTo } from '../rules.ts'
import { topic } from '../topic.ts'
import { byFields } from '../persons.ts'

const answers = ['accepted', 'rejected', 'completed', 'wrapped-up'] as const

export const ReservationAnswer = event('ReservationAnswer', 'An agent’s answer to an offered call.', {
  desk: identifier,
  requestId: identifier,
  callId: identifier,
  customerId: identifier,
  reservationId: documented(
    'Reservation id of the offer; an answer to an earlier offer of the call no longer counts.',
    identifier,
  ),
  answer: documented(
    'accepted; rejected; completed: the conversation has ended and the agent wraps up; wrapped-up: the agent is free.',
    oneOf(answers),
  ),
  resolved: documented('With `completed`: whether the request was solved; null if unknown.', nullable(boolean)),
  reason: documented('Reason for a rejection, in words.', nullable(textUpTo(500))),
})
export type ReservationAnswer = TypeOf<typeof ReservationAnswer>

export const reservationAnswers = topic<ReservationAnswer>({
  name: 'reservation-answers',
  schema: ReservationAnswer,
  key: 'desk',
  persons: byFields('customerId'),
  keyOf: ({ desk }) => desk,
  retention: { days: 30 },
  role: 'input',
  producer: 'call system',
})
