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

/** Maximum number of agents of a desk, which bounds the cost of a decision. */
export const AGENTS_MAX = 500
/** Maximum number of calls of a desk, waiting or with an agent. */
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
  /** Language tags in lower case. */
  languages: array(string),
  expertise: map(double),
  /** Whether the agent let an offer time out and has reported no state since. */
  missed: boolean,
  /** Since when the agent has had no call of the desk. */
  freeSince: timestamp,
  /** Number of calls with a known result, and of those resolved; older ones count less. */
  judged: double,
  resolved: double,
  /** Share of the capacity in use, averaged over about the last half hour, as of `busyAt`. */
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
  /** State of the call: waiting, pending, accepted or wrapping. */
  state: string,
  /** Number of offers so far, which is the number of the current reservation. */
  offers: int,
  /** Agent of the reservation; null while the call waits. */
  agentId: nullable(string),
  /** Time at which the current state began. */
  since: timestamp,
  dueAt: timestamp,
  /** Whether the agent has reported if the request was resolved. */
  judged: boolean,
  avoided: array(Avoided),
})
export type DeskRequest = TypeOf<typeof DeskRequest>
export const requestKind = recordState('request', DeskRequest)

/** Agents and calls of a desk by id. Rows are replaced, never mutated. */
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

/** Returns the number of calls of each agent, reservations and wrap-ups included. */
export function callsByAgent(desk: Desk): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { agentId } of desk.requests.values())
    if (agentId !== null) counts.set(agentId, (counts.get(agentId) ?? 0) + 1)
  return counts
}

export function reservationIdOf({ requestId, offers }: Pick<DeskRequest, 'requestId' | 'offers'>): string {
  return `${requestId}/${offers}`
}

/** Maximum validity of a state, so that an agent who forgets to sign off is not on shift for ever. */
const STATE_MS_MAX = DAY_MS

/** Returns when a state expires, in ms: as reported, but at most a day after its event time. */
export function stateExpiresAt({ occurredAt, expiresAt }: Pick<AgentState, 'occurredAt' | 'expiresAt'>): number {
  return Math.min(expiresAt, occurredAt + STATE_MS_MAX)
}

/** Whether the agent is on shift: not offline, and with a state that has not expired. */
export function isOnShift(agent: DeskAgent, at: number): boolean {
  return agent.status !== 'offline' && agent.expiresAt > at
}

/** Returns how many more calls the agent can take now. */
export function freeCapacity(agent: DeskAgent, calls: number, at: number): number {
  if (agent.status !== 'available' || agent.missed || agent.expiresAt <= at) return 0
  return Math.max(0, agent.capacity - agent.elsewhere - calls)
}
