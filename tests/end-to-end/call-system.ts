import { setTimeout as delay } from 'node:timers/promises'
import { agentStates, type AgentState } from '../../schemas/calls/agent-states.ts'
import { reservationAnswers, type ReservationAnswer } from '../../schemas/calls/reservation-answers.ts'
import { routingDecisions, type RoutingDecision } from '../../schemas/calls/routing-decisions.ts'
import { routingRequests, type RoutingRequest } from '../../schemas/calls/routing-requests.ts'
import { clock } from '../../schemas/platform/clock.ts'
import { message, type Message } from '../../schemas/topic.ts'
import type { StreamUnderTest } from '../streams/stream-under-test.ts'

export const DESKS = ['service', 'sales', 'loans']
const AGENTS = ['ann', 'bob', 'cem']
const AROUND_MS = 60
const STATE_MS = 3_600_000

/** Starts a call system at work: it asks for agents, answers offers in different ways, hangs up, and lets time pass. */
export function startCallSystem(stream: StreamUnderTest) {
  let [calls, events, stopped, quiet] = [0, 0, false, false]
  const known = new Set<string>()
  const frame = () => ({ id: `event-${events++}`, occurredAt: Date.now(), source: 'test' })
  const publish = (messages: readonly Message[]) => stream.publish(messages)

  const agent = (desk: string, agentId: string): AgentState => ({
    ...{ ...frame(), desk, agentId, status: 'available', expiresAt: Date.now() + STATE_MS, capacity: 1, elsewhere: 0 },
    ...{ queues: [], skills: [], languages: [], expertise: {} },
  })
  const request = (number: number, withdrawn = false): RoutingRequest => ({
    ...{ ...frame(), customerId: `c${number}`, requestId: `r${number}`, callId: `call${number}`, withdrawn },
    ...{
      desk: DESKS[number % DESKS.length]!,
      queue: null,
      intent: null,
      language: null,
      requiredSkills: [],
      priority: 0,
    },
  })
  const answer = (
    { desk, requestId, callId, customerId, reservationId }: RoutingDecision,
    given: ReservationAnswer['answer'],
  ): Message => {
    const of = { desk, requestId, callId, customerId, reservationId: reservationId! }
    return message(reservationAnswers, { ...frame(), ...of, answer: given, resolved: true, reason: null })
  }

  /** Agents mostly accept; sometimes they refuse, or do not answer and report later that they are available. */
  function answersTo(decision: RoutingDecision): readonly Message[] {
    const { state, desk, agentId, requestId } = decision
    if (state === 'timeout') return [message(agentStates, agent(desk, agentId!))]
    if (state !== 'pending') return []
    const manner = Number(requestId.slice(1)) % 7
    if (manner === 0 && !quiet) return []
    if (manner === 1 && decision.offers === 1) return [answer(decision, 'rejected')]
    if (manner === 2 && !quiet) return [message(routingRequests, request(Number(requestId.slice(1)), true))]
    return (['accepted', 'completed', 'wrapped-up'] as const).map((given) => answer(decision, given))
  }

  const ticks = () =>
    [0, 1].map((partition) => message(clock, { ...frame(), id: `tick-${events++}/${partition}`, partition }))

  async function around(): Promise<void> {
    const decisions = await stream.readAll(routingDecisions)
    const fresh = decisions.filter(({ id }) => !known.has(id))
    for (const { id } of fresh) known.add(id)
    const asks = quiet ? [] : [message(routingRequests, request(calls++)), message(routingRequests, request(calls++))]
    await publish([...ticks(), ...asks, ...fresh.flatMap(answersTo)])
  }

  const working = (async () => {
    await publish(DESKS.flatMap((desk) => AGENTS.map((agentId) => message(agentStates, agent(desk, agentId)))))
    while (!stopped) {
      await around()
      await delay(AROUND_MS)
    }
  })()
  working.catch(() => {}) // Reported by `stop`.

  return {
    /** Requests no more calls; calls in progress are served. */
    calmDown(): void {
      quiet = true
    },
    stop(): Promise<void> {
      stopped = true
      return working
    },
  }
}
