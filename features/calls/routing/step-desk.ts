import type { AgentState } from '../../../schemas/calls/agent-states.ts'
import type { CallToRoute } from '../../../schemas/calls/calls-to-route.ts'
import type { ReservationAnswer } from '../../../schemas/calls/reservation-answers.ts'
import { agentExpired, agentTold } from './agent-told.ts'
import { answerTold } from './answer-told.ts'
import type { Desk } from './desk.ts'
import { beginStep, type Chooser, type Decided } from './desk-step.ts'
import { offerWaiting } from './offer.ts'
import { requestDue } from './request-due.ts'
import { requestTold } from './request-told.ts'
import type { RoutingRules } from './widening.ts'

/** Input of a desk. `request-due` and `agent-due`: a deadline of a call or of an agent’s state has passed. */
export type Told =
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
  told: Told,
  { at, plan, chooser }: { readonly at: number; readonly plan: RoutingRules; readonly chooser?: Chooser },
): readonly Decided[] {
  const step = beginStep(desk, at, plan, chooser)
  switch (told.kind) {
    case 'agent':
      agentTold(step, told.event)
      break
    case 'request':
      requestTold(step, told.event)
      break
    case 'answer':
      answerTold(step, told.event)
      break
    case 'request-due':
      requestDue(step, told.id)
      break
    case 'agent-due':
      agentExpired(step, told.id)
  }
  offerWaiting(step)
  return step.decided
}
