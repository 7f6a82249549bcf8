import { keepLargest, largerBy, mergeKind, newerOf } from '../../../features/merge-kinds.ts'
import { recordsOf, recordState } from '../../../features/keyed-state.ts'
import { isNewerEvent } from '../../../features/newer-revision.ts'
import { int, record, string, timestamp, type TypeOf } from '../../../schemas/avro/schema.ts'
import type { Call } from '../../../schemas/calls/calls.ts'
import { RoutingRequest } from '../../../schemas/calls/routing-requests.ts'
import type { TurnAnalysis } from '../../../schemas/calls/turns.ts'
import { DAY_MS } from '../../../schemas/durations.ts'
import { EventError } from '../../../schemas/event-error.ts'
import type { State, KeyedState } from '../../processor.ts'

/** Routing requests kept per customer. */
const REQUESTS_MAX = 50
/** Limits per customer: calls whose intents are kept, and agents known to the customer. */
const CALLS_MAX = 20
const AGENTS_MAX = 5
/** Satisfaction (1 to 5) at or below which an agent no longer counts as known to the customer. */
const DISSATISFIED = 2

export const routingRequestKind = recordState('asked', RoutingRequest)

const DetectedIntent = record('SaidIntent', 'What a customer wants, by the latest turn of the call that tells it.', {
  callId: string,
  intent: string,
  turn: int,
  at: timestamp,
})
type DetectedIntent = TypeOf<typeof DetectedIntent>
export const intentKind = recordState('intent', DetectedIntent)

const KnownAgent = record('KnownAgent', 'An agent who has spoken with the customer.', {
  agentId: string,
  at: timestamp,
})
export const knownKind = recordState('known', KnownAgent)

/**
 * Keeps the latest event of a request; a withdrawn request stays withdrawn. Returns whether the event changed anything.
 */
export function rememberRequest(state: State, request: RoutingRequest): boolean {
  const held = state.get(routingRequestKind, request.requestId)
  if (held !== undefined && (held.withdrawn || !isNewerEvent(request, held))) return false
  if (held === undefined) evictRequest(state, request.occurredAt)
  state.put(routingRequestKind, request.requestId, request)
  return true
}

export function rememberIntent(state: State, { callId, intent, turn, occurredAt: at }: TurnAnalysis): void {
  if (intent === null || (state.get(intentKind, callId)?.turn ?? turn) > turn) return
  state.put(intentKind, callId, { callId, intent, turn, at })
  if (state.count(intentKind) > CALLS_MAX) state.delete(intentKind, oldest(recordsOf(state, intentKind)).callId)
}

/** Remembers the agent who took the call, withdraws the open requests of the ended call and returns them. */
export function rememberEnd(state: State, call: Call): readonly RoutingRequest[] {
  const { agentId, callId, answered, satisfaction, occurredAt: at } = call
  if (agentId !== null && answered) {
    if (satisfaction !== null && satisfaction <= DISSATISFIED) state.delete(knownKind, agentId)
    else state.put(knownKind, agentId, { agentId, at: Math.max(at, state.get(knownKind, agentId)?.at ?? at) })
    if (state.count(knownKind) > AGENTS_MAX) state.delete(knownKind, oldest(recordsOf(state, knownKind)).agentId)
  }
  state.delete(intentKind, callId)
  const open = openRequests(state, callId).filter(({ occurredAt }) => occurredAt <= at)
  for (const request of open) state.put(routingRequestKind, request.requestId, { ...request, withdrawn: true })
  return open
}

/** Takes over the requests of another customer's state; a withdrawn one stays withdrawn. */
export function mergeRequests(state: State, other: KeyedState): void {
  mergeKind(state, other, routingRequestKind, (mine, theirs) =>
    mine.withdrawn === theirs.withdrawn ? newerOf(mine, theirs) : mine.withdrawn ? mine : theirs,
  )
  mergeKind(
    state,
    other,
    intentKind,
    largerBy(({ turn }) => turn),
  )
  keepLargest(state, intentKind, CALLS_MAX, ({ at }) => at)
  mergeKind(
    state,
    other,
    knownKind,
    largerBy(({ at }) => at),
  )
  keepLargest(state, knownKind, AGENTS_MAX, ({ at }) => at)
}

export function openRequests(state: State, callId: string): readonly RoutingRequest[] {
  return recordsOf(state, routingRequestKind).filter((request) => request.callId === callId && !request.withdrawn)
}

/** Returns the agents who have spoken with the customer, the most recent first. */
export function knownAgents(state: State): readonly string[] {
  return recordsOf(state, knownKind)
    .sort((one, other) => other.at - one.at || (one.agentId < other.agentId ? -1 : 1))
    .map(({ agentId }) => agentId)
}

function evictRequest(state: State, at: number): void {
  if (state.count(routingRequestKind) < REQUESTS_MAX) return
  const over = recordsOf(state, routingRequestKind).filter(
    ({ withdrawn, occurredAt }) => withdrawn || occurredAt < at - DAY_MS,
  )
  if (over.length === 0)
    throw new EventError('FOLD_FAILED', `The customer has ${REQUESTS_MAX} open requests: withdraw those that are over.`)
  const [first] = over.sort((one, other) => one.occurredAt - other.occurredAt)
  state.delete(routingRequestKind, first!.requestId)
}

function oldest<T extends { readonly at: number }>(records: readonly T[]): T {
  return records.reduce((one, other) => (other.at < one.at ? other : one))
}
