import type { AgentState } from '../../../schemas/calls/agent-states.ts'
import type { CallToRoute } from '../../../schemas/calls/calls-to-route.ts'
import type { ReservationAnswer } from '../../../schemas/calls/reservation-answers.ts'
import { onAgentExpired, onAgentState } from './on-agent-state.ts'
import { onAnswer } from './on-answer.ts'
import type { Desk } from './desk.ts'
import { beginStep, type Chooser, type DecisionFields } from './desk-step.ts'
import { offerWaiting } from './offer.ts'
import { onRequestDue } from './on-request-due.ts'
import { onRequest } from './on-request.ts'
import type { RoutingRules } from './widening.ts'

/** Input of a desk. `request-due` and `agent-due`: a deadline of a call or of an agent’s state has passed. */
export type DeskEvent =
  | { readonly kind: 'agent'; readonly event: AgentState }
  | { readonly kind: 'request'; readonly event: CallToRoute }
  | { readonly kind: 'answer'; readonly event: ReservationAnswer }
  | { readonly kind: 'request-due' | 'agent-due'; readonly id: string }

/**
 * Applies an input to the desk, then offers calls as long as agents can take them. `at`: the desk’s time, ms. Returns
 * the decisions in order.
 */
export function stepDesk(
  desk: Desk,
  input: DeskEvent,
  { at, plan, chooser }: { readonly at: number; readonly plan: RoutingRules; readonly chooser?: Chooser },
): readonly DecisionFields[] {
  const step = beginStep(desk, at, plan, chooser)
  switch (input.kind) {
    case 'agent':
      onAgentState(step, input.event)
      break
    case 'request':
      onRequest(step, input.event)
      break
    case 'answer':
      onAnswer(step, input.event)
      break
    case 'request-due':
      onRequestDue(step, input.id)
      break
    case 'agent-due':
      onAgentExpired(step, input.id)
  }
  offerWaiting(step)
  return step.decisions
}
