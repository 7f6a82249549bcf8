import { recordsOf, recordState } from '../../../features/keyed-state.ts'
import { isNewerEvent } from '../../../features/newer-revision.ts'
import { int, record, string, timestamp, type TypeOf } from '../../../schemas/avro/schema.ts'
import type { Call } from '../../../schemas/calls/calls.ts'
import { RoutingRequest } from '../../../schemas/calls/routing-requests.ts'
import type { TurnAnalysis } from '../../../schemas/calls/turns.ts'
import { DAY_MS } from '../../../schemas/durations.ts'
import { EventError } from '../../../schemas/event-error.ts'
import type { State } from '../../processor.ts'

/** Requests of one customer that are remembered. */
const REQUESTS_MAX = 50
/** Calls of one customer whose intents are remembered, and agents who have spoken with the customer. */
const CALLS_MAX = 20
const AGENTS_MAX = 5
/** Whose customer was that dissatisfied is no longer one whom the customer knows; 1 to 5. */
const DISSATISFIED = 2

export const askedKind = recordState('asked', RoutingRequest)

const SaidIntent = record('SaidIntent', 'What a customer wants, by the latest turn of the call that tells it.', {
  callId: string,
  intent: string,
  turn: int,
  at: timestamp,
})
type SaidIntent = TypeOf<typeof SaidIntent>
export const intentKind = recordState('intent', SaidIntent)

const KnownAgent = record('KnownAgent', 'An agent who has spoken with the customer.', {
  agentId: string,
  at: timestamp,
})
export const knownKind = recordState('known', KnownAgent)

/** The latest of a request counts; a withdrawn one is not asked again. Says whether it is news. */
export function rememberRequest(state: State, told: RoutingRequest): boolean {
  const held = state.get(askedKind, told.requestId)
  if (held !== undefined && (held.withdrawn || !isNewerEvent(told, held))) return false
  if (held === undefined) makeRoom(state, told.occurredAt)
  state.put(askedKind, told.requestId, told)
  return true
}

export function rememberIntent(state: State, { callId, intent, turn, occurredAt: at }: TurnAnalysis): void {
  if (intent === null || (state.get(intentKind, callId)?.turn ?? turn) > turn) return
  state.put(intentKind, callId, { callId, intent, turn, at })
  if (state.count(intentKind) > CALLS_MAX) state.delete(intentKind, oldest(recordsOf(state, intentKind)).callId)
}

/** Whom the customer has spoken with. A call that has ended asks for nobody any more: gives its open requests. */
export function rememberEnd(state: State, call: Call): readonly RoutingRequest[] {
  const { agentId, callId, answered, satisfaction, occurredAt: at } = call
  if (agentId !== null && answered) {
    if (satisfaction !== null && satisfaction <= DISSATISFIED) state.delete(knownKind, agentId)
    else state.put(knownKind, agentId, { agentId, at: Math.max(at, state.get(knownKind, agentId)?.at ?? at) })
    if (state.count(knownKind) > AGENTS_MAX) state.delete(knownKind, oldest(recordsOf(state, knownKind)).agentId)
  }
  state.delete(intentKind, callId)
  const open = openRequests(state, callId).filter(({ occurredAt }) => occurredAt <= at)
  for (const request of open) state.put(askedKind, request.requestId, { ...request, withdrawn: true })
  return open
}

export function openRequests(state: State, callId: string): readonly RoutingRequest[] {
  return recordsOf(state, askedKind).filter((request) => request.callId === callId && !request.withdrawn)
}

/** Those who have spoken with the customer, the latest first. */
export function knownAgents(state: State): readonly string[] {
  return recordsOf(state, knownKind)
    .sort((one, other) => other.at - one.at || (one.agentId < other.agentId ? -1 : 1))
    .map(({ agentId }) => agentId)
}

function makeRoom(state: State, at: number): void {
  if (state.count(askedKind) < REQUESTS_MAX) return
  const over = recordsOf(state, askedKind).filter(({ withdrawn, occurredAt }) => withdrawn || occurredAt < at - DAY_MS)
  if (over.length === 0)
    throw new EventError('FOLD_FAILED', `The customer has ${REQUESTS_MAX} open requests: withdraw those that are over.`)
  const [first] = over.sort((one, other) => one.occurredAt - other.occurredAt)
  state.delete(askedKind, first!.requestId)
}

function oldest<T extends { readonly at: number }>(records: readonly T[]): T {
  return records.reduce((one, other) => (other.at < one.at ? other : one))
}
