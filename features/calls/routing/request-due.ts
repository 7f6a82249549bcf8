import { SECOND_MS } from '../../../schemas/durations.ts'
import type { DeskRequest } from './desk.ts'
import { drop, put, tell, type DeskStep } from './desk-step.ts'
import { waitAgain } from './offer.ts'
import { nextLook } from './widening.ts'

/** Handles a deadline of a call: of its offer, conversation or wrap-up, or the time to consider more agents. */
export function requestDue(step: DeskStep, requestId: string): void {
  const held = step.desk.requests.get(requestId)
  if (held === undefined || held.dueAt > step.at) return
  if (held.state === 'waiting') widenOrGiveUp(step, held)
  else if (held.state === 'pending') timeOut(step, held)
  else end(step, held)
}

function widenOrGiveUp(step: DeskStep, held: DeskRequest): void {
  const { at, plan } = step
  if (held.askedAt + plan.waitSecondsMax * SECOND_MS <= at) {
    tell(step, held, 'given-up', `Nobody has taken the call in ${plan.waitSecondsMax.toLocaleString('en')} seconds.`)
    drop(step, held)
    return
  }
  put(step, { ...held, dueAt: nextLook(held, at, plan) })
  step.toTell.add(held.requestId)
}

/**
 * Ends an offer that was not answered. The agent is presumed absent and gets no more offers until a new state is
 * reported.
 */
function timeOut(step: DeskStep, held: DeskRequest): void {
  tell(step, held, 'timeout', 'The agent has not answered the offer.')
  waitAgain(step, held, true)
  const agent = step.desk.agents.get(held.agentId!)
  if (agent !== undefined) step.desk.agents.set(agent.agentId, { ...agent, missed: true })
}

function end(step: DeskStep, held: DeskRequest): void {
  const reason =
    held.state === 'wrapping' ? 'The time for wrapping up is over.' : 'Nobody has told that the call ended.'
  tell(step, held, 'completed', reason)
  drop(step, held)
}
