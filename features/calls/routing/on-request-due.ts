import { SECOND_MS } from '../../../schemas/durations.ts'
import type { DeskRequest } from './desk.ts'
import { removeRequest, storeRequest, recordDecision, type DeskStep } from './desk-step.ts'
import { requeue } from './offer.ts'
import { nextCheckAt } from './widening.ts'

/** Handles a deadline of a call: of its offer, conversation or wrap-up, or the time to consider more agents. */
export function onRequestDue(step: DeskStep, requestId: string): void {
  const stored = step.desk.requests.get(requestId)
  if (stored === undefined || stored.dueAt > step.at) return
  if (stored.state === 'waiting') widenOrGiveUp(step, stored)
  else if (stored.state === 'pending') timeOut(step, stored)
  else end(step, stored)
}

function widenOrGiveUp(step: DeskStep, stored: DeskRequest): void {
  const { at, plan } = step
  if (stored.askedAt + plan.waitSecondsMax * SECOND_MS <= at) {
    recordDecision(
      step,
      stored,
      'given-up',
      `Nobody has taken the call in ${plan.waitSecondsMax.toLocaleString('en')} seconds.`,
    )
    removeRequest(step, stored)
    return
  }
  storeRequest(step, { ...stored, dueAt: nextCheckAt(stored, at, plan) })
  step.pendingWaits.add(stored.requestId)
}

/**
 * Ends an offer that was not answered. The agent is presumed absent and gets no more offers until a new state is
 * reported.
 */
function timeOut(step: DeskStep, stored: DeskRequest): void {
  recordDecision(step, stored, 'timeout', 'The agent has not answered the offer.')
  requeue(step, stored, true)
  const agent = step.desk.agents.get(stored.agentId!)
  if (agent !== undefined) step.desk.agents.set(agent.agentId, { ...agent, missed: true })
}

function end(step: DeskStep, stored: DeskRequest): void {
  const reason =
    stored.state === 'wrapping' ? 'The time for wrapping up is over.' : 'The end of the call was never reported.'
  recordDecision(step, stored, 'completed', reason)
  removeRequest(step, stored)
}
