import { firstOutcome, outcomes } from '../../schemas/models/outcomes.ts'
import { HOUR_MS, SECOND_MS } from '../../schemas/durations.ts'
import { turns } from '../../schemas/calls/turns.ts'
import { atHour, type Day } from '../calendar.ts'
import { nextTurn, type DialogueContext } from './dialogue.ts'
import type { Emit } from '../emit.ts'
import { uniform, bernoulli, uniformInteger, type Random } from '../random.ts'
import type { CustomerState } from '../state.ts'

const CHATS_A_DAY = 0.012
/** Share of turns whose intent bank staff label. */
const LABELLED = 0.5

/** Simulates an occasional chat with customer service. The intent of some turns becomes known hours later. */
export function chat({ customer }: CustomerState, day: Day, next: Random, emit: Emit): void {
  if (!bernoulli(next, CHATS_A_DAY)) return
  const hour = uniform(next, 7, 22)
  const callId = `chat-${customer.id.slice(2)}-${day.index}`
  let at = atHour(day, hour)
  let context: DialogueContext = {
    lastIntent: null,
    lastSolved: null,
    hour: Math.floor(hour - customer.city.hourShift),
  }
  for (let turn = 0, count = uniformInteger(next, 2, 5); turn < count; turn++) {
    const { text, intent } = nextTurn(context, 0, next)
    const solved = turn === 0 ? null : context.lastSolved
    emit(
      turns,
      {
        id: `sim-${callId}-${turn}`,
        occurredAt: at,
        customerId: customer.id,
        callId,
        turn,
        speaker: 'customer',
        channel: 'chat',
        text,
        words: [],
        solved,
        holiday: null,
      },
      0,
    )
    if (bernoulli(next, LABELLED))
      emit(outcomes, {
        id: `sim-intent-${callId}-${turn}`,
        occurredAt: at + Math.round(uniform(next, 1, 6) * HOUR_MS),
        customerId: customer.id,
        task: 'intent',
        subjectId: intent,
        value: 1,
        asOf: at,
        ...firstOutcome,
      })
    context = { ...context, lastIntent: intent, lastSolved: bernoulli(next, 0.6) }
    at += Math.round(uniform(next, 20, 90) * SECOND_MS)
  }
}
