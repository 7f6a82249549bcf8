import { onClockTimer, clockKind, deskTime, advanceClock } from '../../../features/calls/routing/desk-clock.ts'
import { agentKind, AGENTS_MAX, stateExpiresAt, requestKind } from '../../../features/calls/routing/desk.ts'
import { stepDesk, type DeskEvent } from '../../../features/calls/routing/step-desk.ts'
import { numericState, recordState } from '../../../features/keyed-state.ts'
import { AgentState, agentStates } from '../../../schemas/calls/agent-states.ts'
import { CallToRoute, callsToRoute } from '../../../schemas/calls/calls-to-route.ts'
import { ReservationAnswer, reservationAnswers } from '../../../schemas/calls/reservation-answers.ts'
import { routingDecisions } from '../../../schemas/calls/routing-decisions.ts'
import { routingPlans } from '../../../schemas/calls/routing-plans.ts'
import { EventError } from '../../../schemas/event-error.ts'
import { message } from '../../../schemas/topic.ts'
import { input, noFeatures, processor, type RowContext, type State } from '../../processor.ts'
import { defaultPlan } from './default-plan.ts'
import { rowsIn } from './desk-rows.ts'
import { noPersons } from '../../../schemas/persons.ts'

/** By agent: when the state expires and when it was reported, ms. */
const rosterKind = numericState('roster', 2)
/** The latest event of each topic, passed from the fold to `row`. */
const lastAgentState = recordState('agent-told', AgentState)
const lastRequest = recordState('request-told', CallToRoute)
const lastAnswer = recordState('answer-told', ReservationAnswer)

interface DeskFacts extends RowContext {
  readonly event: DeskEvent
}

/** Names the timer of a request or of an agent’s state. */
const timerOf = (kind: 'request' | 'agent', id: string) => `${kind}/${id}`

/**
 * Assigns the calls of a desk to its agents (spec C13). The desk is the key, so that one task decides for the whole
 * desk and finds its earlier decisions in the decision state. Folds can’t see that state; the decisions are therefore
 * an input as well, and folding them sets the timers.
 */
export const routing = processor<DeskFacts>({
  name: 'routing',
  version: 1,
  purpose:
    'Assigns each call of a desk to a queue and an agent, rescinds offers that are not answered, and publishes the scores of each decision.',
  inputs: [
    input(agentStates, (state, event, requestScore) => {
      updateRoster(state, event)
      state.put(lastAgentState, '', event)
      advanceClock(state, event.occurredAt)
      requestScore('agent')
    }),
    input(callsToRoute, (state, event, requestScore) => {
      state.put(lastRequest, '', event)
      advanceClock(state, event.occurredAt)
      requestScore('request')
    }),
    input(reservationAnswers, (state, event, requestScore) => {
      state.put(lastAnswer, '', event)
      advanceClock(state, event.occurredAt)
      requestScore('answer')
    }),
    input(routingDecisions, (state, { requestId, dueAt, state: became }) => {
      if (became === 'late' || became === 'refused') return
      if (dueAt === null) state.clearTimer(timerOf('request', requestId))
      else state.setTimer(timerOf('request', requestId), dueAt)
    }),
  ],
  outputs: [routingDecisions],
  persons: {
    by: 'kind',
    kinds: {
      request: { by: 'field', fields: ['customerId'], then: 'pseudonym' },
      'request-told': { by: 'field', fields: ['customerId'], then: 'pseudonym' },
      'answer-told': { by: 'field', fields: ['customerId'], then: 'pseudonym' },
      agent: noPersons('agents of the bank'),
      'agent-told': noPersons('agents of the bank'),
      roster: noPersons('agents of the bank'),
      clock: noPersons('the time'),
    },
  },
  state: [clockKind, rosterKind, lastAgentState, lastRequest, lastAnswer],
  decisionState: [agentKind, requestKind],
  features: noFeatures,
  globalTables: [routingPlans],
  // A customer and an agent are waiting.
  commitWithinMs: 20,
  // A plan applies from the next event on.
  *subjects() {},
  onTimer(state, name, at, requestScore) {
    onClockTimer(state, name, at)
    if (name.includes('/')) requestScore(name)
  },
  row(state, subject) {
    return { at: deskTime(state), event: eventOf(state, subject) }
  },
  decide(memory, { id, source, rowContext: { at, event } }, globals, emit) {
    const plan = globals.get(routingPlans, memory.key) ?? globals.get(routingPlans, 'default') ?? defaultPlan
    const desk = { name: memory.key, agents: rowsIn(memory, agentKind), requests: rowsIn(memory, requestKind) }
    for (const [number, decided] of stepDesk(desk, event, { at, plan }).entries())
      emit(message(routingDecisions, { id: `${id}/${number}`, occurredAt: at, source, ...decided }))
  },
})

function eventOf(state: State, subject: string): DeskEvent {
  if (subject === 'agent') return { kind: 'agent', event: state.get(lastAgentState, '')! }
  if (subject === 'request') return { kind: 'request', event: state.get(lastRequest, '')! }
  if (subject === 'answer') return { kind: 'answer', event: state.get(lastAnswer, '')! }
  const split = subject.indexOf('/')
  const kind = subject.slice(0, split) === 'agent' ? 'agent-due' : 'request-due'
  return { kind, id: subject.slice(split + 1) }
}

/** Updates an agent in the roster; when the roster is full, agents whose state has expired make room. */
function updateRoster(state: State, event: AgentState): void {
  const { agentId, occurredAt } = event
  const held = state.get(rosterKind, agentId)
  if (held === undefined) evictExpired(state, occurredAt)
  else if (held[1]! > occurredAt) return
  state.put(rosterKind, agentId, Float64Array.of(stateExpiresAt(event), occurredAt))
  state.setTimer(timerOf('agent', agentId), stateExpiresAt(event))
}

function evictExpired(state: State, at: number): void {
  if (state.count(rosterKind) < AGENTS_MAX) return
  const away = [...state.scan(rosterKind)].filter(([, [until]]) => until! <= at).map(([id]) => id)
  if (away.length === 0)
    throw new EventError('FOLD_FAILED', `The desk has ${AGENTS_MAX} agents at work already: make two desks of it.`)
  for (const id of away) state.delete(rosterKind, id)
}
