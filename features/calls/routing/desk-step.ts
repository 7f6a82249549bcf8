import type { RoutingDecision, RoutingState } from '../../../schemas/calls/routing-decisions.ts'
import { longestIdle, type Choice, type RoutingContext } from './choose.ts'
import { callsByAgent, reservationIdOf, type Desk, type DeskRequest } from './desk.ts'
import { currentOccupancy } from './occupancy.ts'
import type { RoutingRules } from './widening.ts'

export type DecisionFields = Omit<RoutingDecision, 'id' | 'occurredAt' | 'source'>

/** Picks the agent who gets the call; `undefined`: nobody. */
export type Chooser = (choice: Choice, context: RoutingContext) => string | undefined

/** Processing of one event at a desk: its state, and the decisions made so far. */
export interface DeskStep extends RoutingContext {
  readonly calls: Map<string, number>
  readonly decisions: DecisionFields[]
  /** Ids of the requests to publish as waiting, unless they are offered in this step. */
  readonly pendingWaits: Set<string>
  readonly chooser: Chooser
}

export function beginStep(desk: Desk, at: number, plan: RoutingRules, chooser: Chooser = byPlan): DeskStep {
  return { desk, at, plan, chooser, calls: new Map(callsByAgent(desk)), decisions: [], pendingWaits: new Set() }
}

function byPlan({ scoredAgentId, free }: Choice, { plan }: RoutingContext): string | undefined {
  return plan.release === 'ACTIVE' ? (scoredAgentId ?? undefined) : longestIdle(free)?.agentId
}

/** Records a decision on a call, for publication. */
export function recordDecision(
  step: DeskStep,
  request: Pick<DeskRequest, 'requestId' | 'callId' | 'customerId'> & Partial<DeskRequest>,
  state: RoutingState,
  reason: string,
  more: Partial<DecisionFields> = {},
): void {
  const { desk, at, plan } = step
  const { requestId, callId, customerId, askedAt, offers = 0, agentId = null, queue = null } = request
  step.decisions.push({
    ...{ desk: desk.name, requestId, callId, customerId, state, reason, agentId, queue, offers },
    reservationId: agentId === null ? null : reservationIdOf({ requestId, offers }),
    ...{ dueAt: null, waitedMs: Math.max(0, at - (askedAt ?? at)), step: 0 },
    ...{ intent: request.intent ?? null, priority: request.priority ?? 0 },
    ...{ decidedBy: null, release: plan.release, planVersion: plan.version, weights: null, scoredAgentId: null },
    ...{ considered: 0, queues: [], agents: [], ...more },
  })
}

/** Stores a request, and updates the call counts of its former and its new agent. */
export function storeRequest(step: DeskStep, request: DeskRequest): void {
  const { desk, at } = step
  const before = desk.requests.get(request.requestId)?.agentId ?? null
  if (before !== request.agentId) {
    if (before !== null) adjustCallCount(step, before, -1)
    if (request.agentId !== null) adjustCallCount(step, request.agentId, 1)
  }
  desk.requests.set(request.requestId, { ...request, avoided: request.avoided.filter(({ until }) => until > at) })
}

/** Removes a request from the desk. */
export function removeRequest(step: DeskStep, request: DeskRequest): void {
  if (request.agentId !== null) adjustCallCount(step, request.agentId, -1)
  step.desk.requests.delete(request.requestId)
  step.pendingWaits.delete(request.requestId)
}

function adjustCallCount({ desk, at, calls }: DeskStep, agentId: string, more: 1 | -1): void {
  const before = calls.get(agentId) ?? 0
  calls.set(agentId, before + more)
  const agent = desk.agents.get(agentId)
  if (agent === undefined) return
  const freeSince = before + more === 0 ? Math.max(at, agent.freeSince) : agent.freeSince
  desk.agents.set(agentId, {
    ...agent,
    busy: currentOccupancy(agent, before, at),
    busyAt: Math.max(at, agent.busyAt),
    freeSince,
  })
}
