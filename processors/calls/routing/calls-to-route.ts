import { largestOf, mergeKind } from '../../../features/merge-kinds.ts'
import { keepLatest, numericState, recordsOf, recordState } from '../../../features/keyed-state.ts'
import { CallToRoute, callsToRoute } from '../../../schemas/calls/calls-to-route.ts'
import { calls } from '../../../schemas/calls/calls.ts'
import { routingRequests, type RoutingRequest } from '../../../schemas/calls/routing-requests.ts'
import { turnAnalyses } from '../../../schemas/calls/turns.ts'
import { DAY_MS } from '../../../schemas/durations.ts'
import { message } from '../../../schemas/topic.ts'
import { input, noFeatures, processor, type KeyedState, type RowContext, type State } from '../../processor.ts'
import {
  routingRequestKind,
  intentKind,
  knownAgents,
  knownKind,
  mergeRequests,
  openRequests,
  rememberEnd,
  rememberIntent,
  rememberRequest,
} from './routing-requests.ts'
import { byKey } from '../../../schemas/persons.ts'

/** The latest event time of the customer, ms. */
const seenKind = numericState('seen', 1)
/** What was last published to the desk on each request. */
const published = recordState('published', CallToRoute)
/** Requests kept per customer; above this number, those published more than a day ago are dropped. */
const PUBLISHED_MAX = 100

interface RequestFacts extends RowContext {
  readonly request: RoutingRequest
  readonly intent: string | null
  readonly known: readonly string[]
}

/** Publishes to desks the calls that need an agent, with the customer’s intent and the agents known to the customer. */
export const callsToRouteProcessor = processor<RequestFacts>({
  name: 'calls-to-route',
  version: 1,
  purpose:
    'Tells a desk which calls ask for an agent, with the intent that the customer’s turns show and the agents whom the customer knows.',
  inputs: [
    input(routingRequests, (state, request, requestScore) => {
      if (!rememberRequest(state, request)) return
      keepLatest(state, seenKind, '', request.occurredAt)
      requestScore(request.requestId)
    }),
    input(turnAnalyses, (state, analysis, requestScore) => {
      rememberIntent(state, analysis)
      requestAll(state, openRequests(state, analysis.callId), analysis.occurredAt, requestScore)
    }),
    input(calls, (state, call, requestScore) => {
      requestAll(state, rememberEnd(state, call), call.occurredAt, requestScore)
    }),
  ],
  outputs: [callsToRoute],
  persons: byKey,
  state: [routingRequestKind, intentKind, knownKind, seenKind],
  decisionState: [published],
  features: noFeatures,
  merge(state, other) {
    mergeRequests(state, other)
    mergeKind(state, other, seenKind, largestOf)
  },
  emitLatestOnly: true,
  // A customer is waiting or has hung up.
  commitWithinMs: 20,
  *subjects(state) {
    for (const [requestId] of state.scan(routingRequestKind)) yield requestId
  },
  row(state, requestId) {
    const request = state.get(routingRequestKind, requestId)
    if (request === undefined) return undefined
    const intent = request.intent ?? state.get(intentKind, request.callId)?.intent ?? null
    return { at: state.get(seenKind, '')![0]!, request, intent, known: knownAgents(state) }
  },
  decide(memory, { id, source, rowContext: { at, request, intent, known } }, _globals, emit) {
    const { desk, requestId, callId, customerId, queue, language, requiredSkills, priority } = request
    const frame = { id, occurredAt: at, source }
    const held = memory.get(published, requestId)
    const before = held === undefined || (held.desk === desk && !request.withdrawn) ? held : undefined
    if (held !== undefined && before === undefined) {
      emit(message(callsToRoute, { ...held, ...frame, id: `${id}/withdrawn`, step: 'withdrawn' }))
      memory.delete(published, requestId)
    }
    if (request.withdrawn) return
    const step = before === undefined ? 'asked' : 'changed'
    const needs = { queue, intent, language, requiredSkills, priority, knownAgents: known }
    const now: CallToRoute = { ...frame, desk, requestId, callId, customerId, step, ...needs }
    if (before !== undefined && isSame(before, now)) return
    remember(memory, now)
    emit(message(callsToRoute, now))
  },
})

function requestAll(
  state: State,
  requests: readonly RoutingRequest[],
  at: number,
  requestScore: (subject: string) => void,
): void {
  if (requests.length === 0) return
  keepLatest(state, seenKind, '', at)
  for (const { requestId } of requests) requestScore(requestId)
}

function remember(memory: KeyedState, now: CallToRoute): void {
  memory.put(published, now.requestId, now)
  if (memory.count(published) <= PUBLISHED_MAX) return
  for (const { requestId, occurredAt } of recordsOf(memory, published))
    if (occurredAt < now.occurredAt - DAY_MS) memory.delete(published, requestId)
}

const NEEDS = ['queue', 'intent', 'language', 'requiredSkills', 'priority', 'knownAgents'] as const

function isSame(one: CallToRoute, other: CallToRoute): boolean {
  return NEEDS.every((field) => JSON.stringify(one[field]) === JSON.stringify(other[field]))
}
