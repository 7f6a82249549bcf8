import type { AgentState } from '../../../schemas/calls/agent-states.ts'
import { isNewerEvent } from '../../newer-revision.ts'
import { AGENTS_MAX, holdsUntil, type Desk, type DeskAgent, type DeskRequest } from './desk.ts'
import { drop, tell, type DeskStep } from './desk-step.ts'
import { busyNow } from './occupancy.ts'
import { waitAgain } from './offer.ts'

/** Handles a state reported for an agent. A state older than the stored one is ignored. */
export function agentTold(step: DeskStep, told: AgentState): void {
  const { desk, at, calls } = step
  const held = desk.agents.get(told.agentId)
  if (held !== undefined && !isNewerEvent(told, { occurredAt: held.toldAt, id: held.toldId })) return
  if (held === undefined) makeRoom(desk, at)
  const busy = held === undefined ? 0 : busyNow(held, calls.get(told.agentId) ?? 0, at)
  const { judged = 0, resolved = 0 } = held ?? {}
  desk.agents.set(told.agentId, {
    ...agentOf(told),
    judged,
    resolved,
    busy,
    busyAt: at,
    freeSince: freeSince(held, told),
  })
  if (told.status === 'available') endWrapUps(step, told)
  giveBack(step, told)
}

/** Takes an agent offline whose state has expired. */
export function agentExpired(step: DeskStep, agentId: string): void {
  const { desk, at } = step
  const agent = desk.agents.get(agentId)
  if (agent === undefined || agent.expiresAt > at || agent.status === 'offline') return
  desk.agents.set(agentId, { ...agent, status: 'offline' })
  giveBack(step, { agentId, status: 'offline', capacity: agent.capacity, elsewhere: agent.elsewhere })
}

function agentOf(told: AgentState): Omit<DeskAgent, 'judged' | 'resolved' | 'busy' | 'busyAt' | 'freeSince'> {
  const { agentId, status, capacity, elsewhere, queues, skills, expertise } = told
  const languages = told.languages.map((tag) => tag.toLowerCase())
  const known = {
    agentId,
    status,
    expiresAt: holdsUntil(told),
    capacity,
    elsewhere,
    queues,
    skills,
    languages,
    expertise,
  }
  return { ...known, toldAt: told.occurredAt, toldId: told.id, missed: false }
}

/** Returns since when the agent counts as free. An agent who comes back to work queues up behind the others. */
function freeSince(held: DeskAgent | undefined, { status, occurredAt }: AgentState): number {
  const comesBack = status === 'available' && held?.status !== 'available'
  return held === undefined || comesBack ? Math.max(occurredAt, held?.freeSince ?? occurredAt) : held.freeSince
}

/** Ends the wrap-ups of an agent who reports to be available. */
function endWrapUps(step: DeskStep, { agentId, occurredAt }: AgentState): void {
  for (const request of callsOf(step.desk, agentId)) {
    if (request.state !== 'wrapping' || request.since >= occurredAt) continue
    tell(step, request, 'completed', 'The agent is available again.')
    drop(step, request)
  }
}

/** Rescinds the offers that the agent can no longer take, being offline or busy elsewhere. Conversations go on. */
function giveBack(
  step: DeskStep,
  { agentId, status, capacity, elsewhere }: Pick<AgentState, 'agentId' | 'status' | 'capacity' | 'elsewhere'>,
): void {
  const latestFirst = callsOf(step.desk, agentId).sort((one, other) => other.since - one.since)
  for (const request of latestFirst.filter(({ state }) => state === 'pending')) {
    const tooMany = (step.calls.get(agentId) ?? 0) + elsewhere > capacity
    if (status !== 'offline' && !tooMany) break
    tell(step, request, 'rescinded', tooMany ? 'The agent has too many calls.' : 'The agent has gone.')
    waitAgain(step, request, false)
  }
}

function callsOf(desk: Desk, agentId: string): DeskRequest[] {
  return [...desk.requests.values()].filter((request) => request.agentId === agentId)
}

/** Makes room for a new agent: drops the one whose state expired longest ago. */
function makeRoom(desk: Desk, at: number): void {
  if (desk.agents.size < AGENTS_MAX) return
  const away = [...desk.agents.values()].filter(({ expiresAt }) => expiresAt <= at)
  const [longest] = away.sort((one, other) => one.expiresAt - other.expiresAt || (one.agentId < other.agentId ? -1 : 1))
  if (longest !== undefined) desk.agents.delete(longest.agentId)
}
