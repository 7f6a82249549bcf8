import { boolean, documented, event, identifier, nullable, type TypeOf } from '../avro/schema.ts'
import { oneOf, wordsUpTo } from '../rules.ts'
import { topic } from '../topic.ts'

const answers = ['accepted', 'rejected', 'completed', 'wrapped-up'] as const

export const ReservationAnswer = event('ReservationAnswer', 'What an agent made of a call that was offered.', {
  desk: identifier,
  requestId: identifier,
  callId: identifier,
  customerId: identifier,
  reservationId: documented('As in the offer: an answer to an earlier offer of the call counts no more.', identifier),
  answer: documented(
    'accepted, rejected; completed: the conversation has ended, the agent wraps up; wrapped-up: the agent is free.',
    oneOf(answers),
  ),
  resolved: documented('With `completed`: whether the request was solved; null: not known.', nullable(boolean)),
  reason: documented('Of a rejection, in words.', nullable(wordsUpTo(500))),
})
export type ReservationAnswer = TypeOf<typeof ReservationAnswer>

export const reservationAnswers = topic<ReservationAnswer>({
  name: 'reservation-answers',
  schema: ReservationAnswer,
  key: 'desk',
  keyOf: ({ desk }) => desk,
  retention: { days: 30 },
  role: 'input',
  producer: 'call system',
})
