import {
  array,
  boolean,
  double,
  int,
  map,
  nullable,
  record,
  string,
  timestamp,
  type TypeOf,
} from '../../../schemas/avro/schema.ts'
import type { AgentState } from '../../../schemas/calls/agent-states.ts'
import { DAY_MS } from '../../../schemas/durations.ts'
import { recordState } from '../../keyed-state.ts'

/** Agents that a desk may have, so that each decision costs the same. */
export const AGENTS_MAX = 500
/** Calls that a desk may have at once, waiting or with an agent. */
export const REQUESTS_MAX = 2_000

export const DeskAgent = record('DeskAgent', 'An agent as the desk knows them.', {
  agentId: string,
  status: string,
  toldAt: timestamp,
  toldId: string,
  expiresAt: timestamp,
  capacity: int,
  elsewhere: int,
  queues: array(string),
  skills: array(string),
  /** In lower case. */
  languages: array(string),
  expertise: map(double),
  /** Let an offer pass, and has told no state since. */
  missed: boolean,
  /** Since when without a call of the desk. */
  freeSince: timestamp,
  /** Judged calls and those solved among them, the older ones counting less. */
  judged: double,
  resolved: double,
  /** The share of the capacity in use, averaged over the last half hour or so, as of a time. */
  busy: double,
  busyAt: timestamp,
})
export type DeskAgent = TypeOf<typeof DeskAgent>
export const agentKind = recordState('agent', DeskAgent)

const Avoided = record('Avoided', 'An agent who did not take the call.', { agentId: string, until: timestamp })

export const DeskRequest = record('DeskRequest', 'A call that waits for an agent or has one.', {
  requestId: string,
  callId: string,
  customerId: string,
  askedAt: timestamp,
  queue: nullable(string),
  intent: nullable(string),
  language: nullable(string),
  requiredSkills: array(string),
  priority: int,
  knownAgents: array(string),
  /** waiting, pending, accepted or wrapping. */
  state: string,
  /** So many times it was offered: the number of the reservation. */
  offers: int,
  /** Who holds it unless it waits. */
  agentId: nullable(string),
  /** Of the present state. */
  since: timestamp,
  dueAt: timestamp,
  /** Whether it is known if the request was solved. */
  judged: boolean,
  avoided: array(Avoided),
})
export type DeskRequest = TypeOf<typeof DeskRequest>
export const requestKind = recordState('request', DeskRequest)

/** Agents and calls of a desk by their ids. Records are replaced, never changed. */
export interface Desk {
  readonly name: string
  readonly agents: Rows<DeskAgent>
  readonly requests: Rows<DeskRequest>
}

export interface Rows<T> {
  get(id: string): T | undefined
  set(id: string, row: T): void
  delete(id: string): void
  values(): Iterable<T>
  readonly size: number
}

/** So many calls of the desk each agent has, reserved ones and wrap-ups included. */
export function callsByAgent(desk: Desk): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { agentId } of desk.requests.values())
    if (agentId !== null) counts.set(agentId, (counts.get(agentId) ?? 0) + 1)
  return counts
}

export function reservationIdOf({ requestId, offers }: Pick<DeskRequest, 'requestId' | 'offers'>): string {
  return `${requestId}/${offers}`
}

/** Who forgets to tell that they have gone is not at work for ever. */
const STATE_MS_MAX = DAY_MS

/** Until when a state counts, ms: as told, but a day at most. */
export function holdsUntil({ occurredAt, expiresAt }: Pick<AgentState, 'occurredAt' | 'expiresAt'>): number {
  return Math.min(expiresAt, occurredAt + STATE_MS_MAX)
}

/** At work: told so, and not too long ago. */
export function isOnShift(agent: DeskAgent, at: number): boolean {
  return agent.status !== 'offline' && agent.expiresAt > at
}

/** How many calls more the agent takes now. */
export function roomOf(agent: DeskAgent, calls: number, at: number): number {
  if (agent.status !== 'available' || agent.missed || agent.expiresAt <= at) return 0
  return Math.max(0, agent.capacity - agent.elsewhere - calls)
}
