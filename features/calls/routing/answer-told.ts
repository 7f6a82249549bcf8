import type { ReservationAnswer } from '../../../schemas/calls/reservation-answers.ts'
import { SECOND_MS } from '../../../schemas/durations.ts'
import { reservationIdOf, type DeskRequest } from './desk.ts'
import { drop, put, tell, type DeskStep } from './desk-step.ts'
import { waitAgain } from './offer.ts'

/**
 * Handles an agent’s answer to an offer. An answer that arrives after a later one of the same offer changes nothing.
 */
export function answerTold(step: DeskStep, told: ReservationAnswer): void {
  const held = step.desk.requests.get(told.requestId)
  if (held === undefined || held.state === 'waiting' || reservationIdOf(held) !== told.reservationId) {
    tellLate(step, told)
    return
  }
  if (told.answer === 'accepted') accept(step, held)
  else if (told.answer === 'rejected') reject(step, held, told.reason)
  else if (told.answer === 'completed') complete(step, held, told.resolved)
  else finish(step, held)
}

/**
 * Publishes that an acceptance came late: the call system may have connected the agent all the same, and must learn
 * that the call is no longer this agent’s.
 */
function tellLate(step: DeskStep, { requestId, callId, customerId, reservationId, answer }: ReservationAnswer): void {
  if (answer !== 'accepted') return
  const reason = 'The offer had ended before the agent accepted it.'
  tell(step, { requestId, callId, customerId }, 'late', reason, { reservationId })
}

function accept(step: DeskStep, held: DeskRequest): void {
  if (held.state !== 'pending') return
  const dueAt = step.at + step.plan.talkSecondsMax * SECOND_MS
  put(step, { ...held, state: 'accepted', since: step.at, dueAt })
  tell(step, held, 'accepted', 'The agent has accepted.', { dueAt })
}

function reject(step: DeskStep, held: DeskRequest, reason: string | null): void {
  if (held.state !== 'pending') return
  tell(step, held, 'rejected', reason ?? 'The agent has rejected the call.')
  waitAgain(step, held, true)
}

function complete(step: DeskStep, held: DeskRequest, resolved: boolean | null): void {
  const isNews = resolved !== null && !held.judged
  if (isNews) judge(step, held, resolved)
  const known = { ...held, judged: held.judged || isNews }
  // The wrap-up began when the customer hung up, and has been published.
  if (held.state === 'wrapping') {
    put(step, known)
    return
  }
  const { at, plan } = step
  const dueAt = at + plan.wrapUpSeconds * SECOND_MS
  put(step, { ...known, state: 'wrapping', since: at, dueAt })
  tell(step, held, 'wrapping', 'The conversation has ended.', { dueAt })
}

function finish(step: DeskStep, held: DeskRequest): void {
  tell(step, held, 'completed', 'The agent has wrapped up.')
  drop(step, held)
}

/** Factor by which each new call discounts the older ones, so that about a hundred count. */
const KEPT = 0.99

function judge({ desk }: DeskStep, { agentId }: DeskRequest, resolved: boolean): void {
  const agent = agentId === null ? undefined : desk.agents.get(agentId)
  if (agent === undefined) return
  const { judged, resolved: before } = agent
  desk.agents.set(agent.agentId, { ...agent, judged: judged * KEPT + 1, resolved: before * KEPT + (resolved ? 1 : 0) })
}
