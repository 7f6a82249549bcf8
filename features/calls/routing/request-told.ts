import type { CallToRoute } from '../../../schemas/calls/calls-to-route.ts'
import { SECOND_MS } from '../../../schemas/durations.ts'
import { REQUESTS_MAX, type DeskRequest } from './desk.ts'
import { drop, put, tell, type DeskStep } from './desk-step.ts'
import { nextLook } from './widening.ts'

/** Handles a call that asks for an agent, changes its needs or withdraws. */
export function requestTold(step: DeskStep, told: CallToRoute): void {
  const held = step.desk.requests.get(told.requestId)
  if (told.step === 'withdrawn') {
    if (held !== undefined) withdraw(step, held)
  } else if (held !== undefined) change(step, held, told)
  else if (told.step === 'asked') ask(step, told)
}

function ask(step: DeskStep, told: CallToRoute): void {
  const { desk, at, plan } = step
  if (desk.requests.size >= REQUESTS_MAX) {
    tell(step, told, 'refused', `The desk has ${REQUESTS_MAX.toLocaleString('en')} calls already.`)
    return
  }
  const { requestId, callId, customerId } = told
  const call = { requestId, callId, customerId, askedAt: at, ...needsOf(told) }
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
  put(step, { ...request, dueAt: nextLook(request, at, plan) })
  step.toTell.add(requestId)
}

function change(step: DeskStep, held: DeskRequest, told: CallToRoute): void {
  const [before, now] = [needsOf(held), needsOf(told)]
  if (JSON.stringify(before) === JSON.stringify(now)) return
  put(step, { ...held, ...now })
  if (held.state === 'waiting') step.toTell.add(held.requestId)
}

type Needs = Pick<CallToRoute, 'queue' | 'intent' | 'language' | 'requiredSkills' | 'priority' | 'knownAgents'>

function needsOf({ queue, intent, language, requiredSkills, priority, knownAgents }: Needs): Needs {
  return { queue, intent, language, requiredSkills, priority, knownAgents }
}

/** Withdraws a call: its offer is rescinded, or its conversation ends with a wrap-up. */
function withdraw(step: DeskStep, held: DeskRequest): void {
  const { at, plan } = step
  if (held.state === 'wrapping') return
  if (held.state === 'accepted') {
    const dueAt = at + plan.wrapUpSeconds * SECOND_MS
    put(step, { ...held, state: 'wrapping', since: at, dueAt })
    tell(step, held, 'wrapping', 'The customer has hung up.', { dueAt })
    return
  }
  if (held.state === 'pending') tell(step, held, 'rescinded', 'The call asks no more.')
  tell(step, { ...held, agentId: null }, 'withdrawn', 'The call asks no more.')
  drop(step, held)
}
