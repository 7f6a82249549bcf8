import type { DecisionFields } from '../../../../features/calls/routing/desk-step.ts'
import type { Desk } from '../../../../features/calls/routing/desk.ts'
import { stepDesk, type DeskEvent } from '../../../../features/calls/routing/step-desk.ts'
import type { RoutingRules } from '../../../../features/calls/routing/widening.ts'
import { defaultPlan } from '../../../../processors/calls/routing/default-plan.ts'
import type { AgentState } from '../../../../schemas/calls/agent-states.ts'
import type { CallToRoute } from '../../../../schemas/calls/calls-to-route.ts'
import type { ReservationAnswer } from '../../../../schemas/calls/reservation-answers.ts'

export const START = Date.UTC(2026, 2, 2)
export const SECOND = 1_000

export const active: RoutingRules = {
  ...defaultPlan,
  release: 'ACTIVE',
  steps: [
    { afterSeconds: 0, expertiseMin: 0.5, otherQueues: false },
    { afterSeconds: 15, expertiseMin: 0.2, otherQueues: true },
    { afterSeconds: 30, expertiseMin: 0, otherQueues: true },
  ],
}

const frame = (second: number, id: string) => ({
  id,
  occurredAt: START + second * SECOND,
  source: 'test',
  desk: 'sales',
})

export function agent(second: number, agentId: string, changes: Partial<AgentState> = {}): AgentState {
  return {
    ...frame(second, `agent/${agentId}/${second}`),
    ...{ agentId, status: 'available', expiresAt: START + (second + 3_600) * SECOND, capacity: 1, elsewhere: 0 },
    ...{ queues: [], skills: [], languages: [], expertise: {}, ...changes },
  }
}

export function asked(second: number, requestId: string, changes: Partial<CallToRoute> = {}): CallToRoute {
  return {
    ...frame(second, `request/${requestId}/${second}`),
    ...{ requestId, callId: `call-${requestId}`, customerId: `customer-${requestId}`, step: 'asked', queue: null },
    ...{ intent: null, language: null, requiredSkills: [], priority: 0, knownAgents: [], ...changes },
  }
}

export function answer(
  second: number,
  reservationId: string,
  given: ReservationAnswer['answer'],
  changes: Partial<ReservationAnswer> = {},
): ReservationAnswer {
  const [requestId] = reservationId.split('/') as [string]
  return {
    ...frame(second, `answer/${reservationId}/${given}/${second}`),
    ...{ requestId, callId: `call-${requestId}`, customerId: `customer-${requestId}`, reservationId },
    ...{ answer: given, resolved: null, reason: null, ...changes },
  }
}

export const toldAgent = (event: AgentState): DeskEvent => ({ kind: 'agent', event })
export const toldRequest = (event: CallToRoute): DeskEvent => ({ kind: 'request', event })
export const toldAnswer = (event: ReservationAnswer): DeskEvent => ({ kind: 'answer', event })

/** A desk in memory; time passes as the processor’s timers make it pass. */
export function openDesk(plan: RoutingRules = active) {
  const desk: Desk = { name: 'sales', agents: new Map(), requests: new Map() }
  const all: DecisionFields[] = []
  const step = (told: DeskEvent, second: number): readonly DecisionFields[] => {
    const decided = stepDesk(desk, told, { at: START + second * SECOND, plan })
    all.push(...decided)
    return decided
  }
  /** Runs everything that is due by then, in order. */
  const pass = (until: number): void => {
    for (;;) {
      const dues = [
        ...[...desk.requests.values()].map(({ requestId: id, dueAt: at }) => ({
          kind: 'request-due' as const,
          id,
          at,
        })),
        ...[...desk.agents.values()]
          .filter(({ status }) => status !== 'offline')
          .map(({ agentId: id, expiresAt: at }) => ({ kind: 'agent-due' as const, id, at })),
      ].sort((one, other) => one.at - other.at)
      const [first] = dues
      if (first === undefined || first.at > START + until * SECOND) return
      step({ kind: first.kind, id: first.id }, (first.at - START) / SECOND)
    }
  }
  return {
    desk,
    all,
    pass,
    agent: (second: number, id: string, changes?: Partial<AgentState>) =>
      step(toldAgent(agent(second, id, changes)), second),
    ask: (second: number, id: string, changes?: Partial<CallToRoute>) =>
      step(toldRequest(asked(second, id, changes)), second),
    answer: (
      second: number,
      reservationId: string,
      given: ReservationAnswer['answer'],
      changes?: Partial<ReservationAnswer>,
    ) => step(toldAnswer(answer(second, reservationId, given, changes)), second),
    step,
  }
}

/** What became of calls, in few words. */
export function said(decided: readonly DecisionFields[]): readonly string[] {
  return decided.map(({ requestId, state, agentId }) => `${requestId} ${state}${agentId === null ? '' : ` ${agentId}`}`)
}
