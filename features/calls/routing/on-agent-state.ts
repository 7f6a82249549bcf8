import type { AgentState } from '../../../schemas/calls/agent-states.ts'
import { isNewerEvent } from '../../newer-revision.ts'
import { AGENTS_MAX, stateExpiresAt, type Desk, type DeskAgent, type DeskRequest } from './desk.ts'
import { removeRequest, recordDecision, type DeskStep } from './desk-step.ts'
import { currentOccupancy } from './occupancy.ts'
import { requeue } from './offer.ts'

/** Handles a state reported for an agent. A state older than the stored one is ignored. */
export function onAgentState(step: DeskStep, event: AgentState): void {
  const { desk, at, calls } = step
  const stored = desk.agents.get(event.agentId)
  if (stored !== undefined && !isNewerEvent(event, { occurredAt: stored.toldAt, id: stored.toldId })) return
  if (stored === undefined) evictExpired(desk, at)
  const busy = stored === undefined ? 0 : currentOccupancy(stored, calls.get(event.agentId) ?? 0, at)
  const { judged = 0, resolved = 0 } = stored ?? {}
  desk.agents.set(event.agentId, {
    ...agentOf(event),
    judged,
    resolved,
    busy,
    busyAt: at,
    freeSince: freeSince(stored, event),
  })
  if (event.status === 'available') endWrapUps(step, event)
  rescindOffers(step, event)
}

/** Takes an agent offline whose state has expired. */
export function onAgentExpired(step: DeskStep, agentId: string): void {
  const { desk, at } = step
  const agent = desk.agents.get(agentId)
  if (agent === undefined || agent.expiresAt > at || agent.status === 'offline') return
  desk.agents.set(agentId, { ...agent, status: 'offline' })
  rescindOffers(step, { agentId, status: 'offline', capacity: agent.capacity, elsewhere: agent.elsewhere })
}

function agentOf(event: AgentState): Omit<DeskAgent, 'judged' | 'resolved' | 'busy' | 'busyAt' | 'freeSince'> {
  const { agentId, status, capacity, elsewhere, queues, skills, expertise } = event
  const languages = event.languages.map((tag) => tag.toLowerCase())
  const known = {
    agentId,
    status,
    expiresAt: stateExpiresAt(event),
    capacity,
    elsewhere,
    queues,
    skills,
    languages,
    expertise,
  }
  return { ...known, toldAt: event.occurredAt, toldId: event.id, missed: false }
}

/** Returns since when the agent counts as free. An agent who comes back to work queues up behind the others. */
function freeSince(stored: DeskAgent | undefined, { status, occurredAt }: AgentState): number {
  const isReturning = status === 'available' && stored?.status !== 'available'
  return stored === undefined || isReturning ? Math.max(occurredAt, stored?.freeSince ?? occurredAt) : stored.freeSince
}

/** Ends the wrap-ups of an agent who reports to be available. */
function endWrapUps(step: DeskStep, { agentId, occurredAt }: AgentState): void {
  for (const request of callsOf(step.desk, agentId)) {
    if (request.state !== 'wrapping' || request.since >= occurredAt) continue
    recordDecision(step, request, 'completed', 'The agent is available again.')
    removeRequest(step, request)
  }
}

/** Rescinds the offers that the agent can no longer take, being offline or busy elsewhere. Conversations go on. */
function rescindOffers(
  step: DeskStep,
  { agentId, status, capacity, elsewhere }: Pick<AgentState, 'agentId' | 'status' | 'capacity' | 'elsewhere'>,
): void {
  const latestFirst = callsOf(step.desk, agentId).sort((one, other) => other.since - one.since)
  for (const request of latestFirst.filter(({ state }) => state === 'pending')) {
    const tooMany = (step.calls.get(agentId) ?? 0) + elsewhere > capacity
    if (status !== 'offline' && !tooMany) break
    recordDecision(step, request, 'rescinded', tooMany ? 'The agent has too many calls.' : 'The agent has gone.')
    requeue(step, request, false)
  }
}

function callsOf(desk: Desk, agentId: string): DeskRequest[] {
  return [...desk.requests.values()].filter((request) => request.agentId === agentId)
}

/** Makes room for a new agent: drops the one whose state expired longest ago. */
function evictExpired(desk: Desk, at: number): void {
  if (desk.agents.size < AGENTS_MAX) return
  const away = [...desk.agents.values()].filter(({ expiresAt }) => expiresAt <= at)
  const [longest] = away.sort((one, other) => one.expiresAt - other.expiresAt || (one.agentId < other.agentId ? -1 : 1))
  if (longest !== undefined) desk.agents.delete(longest.agentId)
}
