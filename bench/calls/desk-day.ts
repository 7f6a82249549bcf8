import type { Chooser, DecisionFields } from '../../features/calls/routing/desk-step.ts'
import { stepDesk, type DeskEvent } from '../../features/calls/routing/step-desk.ts'
import type { Desk } from '../../features/calls/routing/desk.ts'
import type { RoutingRules } from '../../features/calls/routing/widening.ts'
import type { AgentState } from '../../schemas/calls/agent-states.ts'
import type { CallToRoute } from '../../schemas/calls/calls-to-route.ts'
import type { ReservationAnswer } from '../../schemas/calls/reservation-answers.ts'
import { SECOND_MS } from '../../schemas/durations.ts'
import { DAY_SECONDS } from './arrivals.ts'
import { isSolved, type DeskWorld, type SimulatedCall } from './desk-world.ts'
import { dayFigures, type DeskFigures, type Served } from './desk-figures.ts'
import { createEventQueue } from './event-queue.ts'

/** Time from the offer until the agent accepts it. */
const RING_SECONDS = 3
const START_MS = Date.UTC(2026, 2, 2)

export interface Strategy {
  readonly plan: RoutingRules
  /** `undefined`: the plan decides. */
  readonly chooser?: Chooser
}

/** Simulates a day at the desk with the platform’s own `stepDesk`. */
export function deskDay(world: DeskWorld, { plan, chooser }: Strategy): DeskFigures {
  const desk: Desk = { name: 'bench', agents: new Map(), requests: new Map() }
  const eventQueue = createEventQueue()
  const served = new Map(world.calls.map((call): [string, Served] => [call.id, { call }]))
  const agents = new Map(world.agents.map((agent) => [agent.id, agent]))

  const handle = (event: DeskEvent, second: number): void => {
    const at = START_MS + second * SECOND_MS
    for (const decided of stepDesk(desk, event, { at, plan, ...(chooser === undefined ? {} : { chooser }) }))
      follow(decided, second)
  }
  const answer = (
    decided: DecisionFields,
    second: number,
    given: ReservationAnswer['answer'],
    resolved: boolean | null,
  ) =>
    eventQueue.at(second, () => handle({ kind: 'answer', event: answerOf(decided, second, given, resolved) }, second))

  function follow(decided: DecisionFields, second: number): void {
    const { requestId, dueAt, state, agentId } = decided
    if (dueAt !== null) {
      const due = (dueAt - START_MS) / SECOND_MS
      eventQueue.at(due, () => handle({ kind: 'request-due', id: requestId }, due))
    }
    const one = served.get(requestId)!
    if (state === 'pending') answer(decided, second + RING_SECONDS, 'accepted', null)
    if (state !== 'accepted') return
    const { talkSeconds, wrapUpSeconds } = one.call
    Object.assign(one, { answeredAt: second, agentId, solved: isSolved(one.call, agents.get(agentId!)!) })
    answer(decided, second + talkSeconds, 'completed', one.solved!)
    answer(decided, second + talkSeconds + wrapUpSeconds, 'wrapped-up', null)
  }

  for (let hour = 0; hour < 24; hour++)
    eventQueue.at((hour * DAY_SECONDS) / 24, () => {
      for (const event of shiftOf(world, hour)) handle({ kind: 'agent', event }, (hour * DAY_SECONDS) / 24)
    })
  for (const call of world.calls) {
    eventQueue.at(call.at, () => handle({ kind: 'request', event: requestOf(call, call.at, 'asked') }, call.at))
    const gone = call.at + call.patience
    eventQueue.at(gone, () => {
      const one = served.get(call.id)!
      if (one.answeredAt !== undefined) return
      one.abandonedAt = gone
      handle({ kind: 'request', event: requestOf(call, gone, 'withdrawn') }, gone)
    })
  }
  eventQueue.run()
  return dayFigures([...served.values()], world)
}

const frame = (second: number) => ({
  ...{ id: String(second), occurredAt: START_MS + second * SECOND_MS, source: 'bench', desk: 'bench' },
})

/** Returns the states of agents at the beginning of an hour: those who are at work, and those whose shift has ended. */
function shiftOf({ agents, atWork }: DeskWorld, hour: number): readonly AgentState[] {
  return agents.slice(0, Math.max(atWork(hour), hour === 0 ? 0 : atWork(hour - 1))).map((agent, place) => ({
    ...frame((hour * DAY_SECONDS) / 24),
    ...{ agentId: agent.id, status: place < atWork(hour) ? 'available' : 'offline', capacity: 1, elsewhere: 0 },
    expiresAt: START_MS + (hour + 2) * (DAY_SECONDS / 24) * SECOND_MS,
    ...{ queues: [agent.queue], skills: agent.skills, languages: agent.languages, expertise: agent.expertise },
  }))
}

function requestOf(call: SimulatedCall, second: number, step: CallToRoute['step']): CallToRoute {
  const { id, intent, language, requiredSkills } = call
  const named = { requestId: id, callId: id, customerId: id, step }
  return { ...frame(second), ...named, intent, language, requiredSkills, queue: null, priority: 0, knownAgents: [] }
}

function answerOf(
  { requestId, callId, customerId, reservationId }: DecisionFields,
  second: number,
  given: ReservationAnswer['answer'],
  resolved: boolean | null,
): ReservationAnswer {
  const of = { requestId, callId, customerId, reservationId: reservationId! }
  return { ...frame(second), ...of, answer: given, resolved, reason: null }
}
