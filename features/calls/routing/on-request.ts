import type { CallToRoute } from '../../../schemas/calls/calls-to-route.ts'
import { SECOND_MS } from '../../../schemas/durations.ts'
import { REQUESTS_MAX, type DeskRequest } from './desk.ts'
import { removeRequest, storeRequest, recordDecision, type DeskStep } from './desk-step.ts'
import { nextCheckAt } from './widening.ts'

/** Handles a call that asks for an agent, changes its needs or withdraws. */
export function onRequest(step: DeskStep, event: CallToRoute): void {
  const stored = step.desk.requests.get(event.requestId)
  if (event.step === 'withdrawn') {
    if (stored !== undefined) withdraw(step, stored)
  } else if (stored !== undefined) updateRequest(step, stored, event)
  else if (event.step === 'asked') addRequest(step, event)
}

function addRequest(step: DeskStep, event: CallToRoute): void {
  const { desk, at, plan } = step
  if (desk.requests.size >= REQUESTS_MAX) {
    recordDecision(step, event, 'refused', `The desk has ${REQUESTS_MAX.toLocaleString('en')} calls already.`)
    return
  }
  const { requestId, callId, customerId } = event
  const call = { requestId, callId, customerId, askedAt: at, ...needsOf(event) }
  const request = {
    ...call,
    state: 'waiting',
    offers: 0,
    agentId: null,
    since: at,
    dueAt: at,
    avoided: [],
    judged: false,
  }
  storeRequest(step, { ...request, dueAt: nextCheckAt(request, at, plan) })
  step.pendingWaits.add(requestId)
}

function updateRequest(step: DeskStep, stored: DeskRequest, event: CallToRoute): void {
  const [before, now] = [needsOf(stored), needsOf(event)]
  if (JSON.stringify(before) === JSON.stringify(now)) return
  storeRequest(step, { ...stored, ...now })
  if (stored.state === 'waiting') step.pendingWaits.add(stored.requestId)
}

type Needs = Pick<CallToRoute, 'queue' | 'intent' | 'language' | 'requiredSkills' | 'priority' | 'knownAgents'>

function needsOf({ queue, intent, language, requiredSkills, priority, knownAgents }: Needs): Needs {
  return { queue, intent, language, requiredSkills, priority, knownAgents }
}

/** Withdraws a call: its offer is rescinded, or its conversation ends with a wrap-up. */
function withdraw(step: DeskStep, stored: DeskRequest): void {
  const { at, plan } = step
  if (stored.state === 'wrapping') return
  if (stored.state === 'accepted') {
    const dueAt = at + plan.wrapUpSeconds * SECOND_MS
    storeRequest(step, { ...stored, state: 'wrapping', since: at, dueAt })
    recordDecision(step, stored, 'wrapping', 'The customer has hung up.', { dueAt })
    return
  }
  if (stored.state === 'pending') recordDecision(step, stored, 'rescinded', 'The call asks no more.')
  recordDecision(step, { ...stored, agentId: null }, 'withdrawn', 'The call asks no more.')
  removeRequest(step, stored)
}
