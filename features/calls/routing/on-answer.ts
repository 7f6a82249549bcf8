import type { ReservationAnswer } from '../../../schemas/calls/reservation-answers.ts'
import { SECOND_MS } from '../../../schemas/durations.ts'
import { reservationIdOf, type DeskRequest } from './desk.ts'
import { removeRequest, storeRequest, recordDecision, type DeskStep } from './desk-step.ts'
import { requeue } from './offer.ts'

/**
 * Handles an agent’s answer to an offer. An answer that arrives after a later one of the same offer changes nothing.
 */
export function onAnswer(step: DeskStep, event: ReservationAnswer): void {
  const stored = step.desk.requests.get(event.requestId)
  if (stored === undefined || stored.state === 'waiting' || reservationIdOf(stored) !== event.reservationId) {
    recordLate(step, event)
    return
  }
  if (event.answer === 'accepted') accept(step, stored)
  else if (event.answer === 'rejected') reject(step, stored, event.reason)
  else if (event.answer === 'completed') complete(step, stored, event.resolved)
  else finish(step, stored)
}

/**
 * Publishes that an acceptance came late: the call system may have connected the agent all the same, and must learn
 * that the call is no longer this agent’s.
 */
function recordLate(step: DeskStep, { requestId, callId, customerId, reservationId, answer }: ReservationAnswer): void {
  if (answer !== 'accepted') return
  const reason = 'The offer had ended before the agent accepted it.'
  recordDecision(step, { requestId, callId, customerId }, 'late', reason, { reservationId })
}

function accept(step: DeskStep, stored: DeskRequest): void {
  if (stored.state !== 'pending') return
  const dueAt = step.at + step.plan.talkSecondsMax * SECOND_MS
  storeRequest(step, { ...stored, state: 'accepted', since: step.at, dueAt })
  recordDecision(step, stored, 'accepted', 'The agent has accepted.', { dueAt })
}

function reject(step: DeskStep, stored: DeskRequest, reason: string | null): void {
  if (stored.state !== 'pending') return
  recordDecision(step, stored, 'rejected', reason ?? 'The agent has rejected the call.')
  requeue(step, stored, true)
}

function complete(step: DeskStep, stored: DeskRequest, resolved: boolean | null): void {
  const isNewResult = resolved !== null && !stored.judged
  if (isNewResult) recordResult(step, stored, resolved)
  const known = { ...stored, judged: stored.judged || isNewResult }
  // The wrap-up began when the customer hung up, and has been published.
  if (stored.state === 'wrapping') {
    storeRequest(step, known)
    return
  }
  const { at, plan } = step
  const dueAt = at + plan.wrapUpSeconds * SECOND_MS
  storeRequest(step, { ...known, state: 'wrapping', since: at, dueAt })
  recordDecision(step, stored, 'wrapping', 'The conversation has ended.', { dueAt })
}

function finish(step: DeskStep, stored: DeskRequest): void {
  recordDecision(step, stored, 'completed', 'The agent has wrapped up.')
  removeRequest(step, stored)
}

/** Factor by which each new call discounts the older ones, so that about a hundred count. */
const DECAY = 0.99

function recordResult({ desk }: DeskStep, { agentId }: DeskRequest, resolved: boolean): void {
  const agent = agentId === null ? undefined : desk.agents.get(agentId)
  if (agent === undefined) return
  const { judged, resolved: before } = agent
  desk.agents.set(agent.agentId, {
    ...agent,
    judged: judged * DECAY + 1,
    resolved: before * DECAY + (resolved ? 1 : 0),
  })
}
