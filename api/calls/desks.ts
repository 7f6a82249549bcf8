import { Type } from 'typebox'
import { AgentState } from '../../schemas/calls/agent-states.ts'
import { RoutingDecision } from '../../schemas/calls/routing-decisions.ts'
import { agentsOfDesk, isDesk } from '../../store/calls/desk-agents.ts'
import { listDecisions, openCalls, type DecisionRow, type RoutedCallRow } from '../../store/calls/routing-decisions.ts'
import { withCustomerNames } from '../customers/named-rows.ts'
import { responseFields } from '../http/response-fields.ts'
import { newestFirst } from '../http/cursor.ts'
import { isoTimes } from '../http/iso-times.ts'
import { listRoutes } from '../http/list-routes.ts'
import { ProblemError, problems } from '../http/problem.ts'
import { CustomerName } from '../http/personal.ts'
import { filter, Name, Time } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import type { ApiPorts } from '../ports.ts'
import { currentTime } from '../current-time.ts'

const decision = responseFields(RoutingDecision)

const Decision = Type.Object({ ...decision, customerName: CustomerName })
const Agent = Type.Object({
  ...responseFields(AgentState, ['id', 'source', 'desk']),
  calls: Type.Integer({ description: 'The agent’s calls at this desk, including offers and wrap-ups.' }),
})
const Call = Type.Object({
  requestId: decision.requestId,
  callId: decision.callId,
  customerId: decision.customerId,
  customerName: CustomerName,
  state: decision.state,
  reason: decision.reason,
  reservationId: decision.reservationId,
  agentId: decision.agentId,
  queue: decision.queue,
  intent: decision.intent,
  priority: decision.priority,
  offers: decision.offers,
  step: decision.step,
  since: Time,
  dueAt: decision.dueAt,
  waitedMs: Type.Number({
    description: 'From the request until the call entered this state or, while it waits, until now.',
  }),
})
const Desk = Type.Object({
  desk: Type.String(),
  agents: Type.Array(Agent, { description: 'Agents at work.' }),
  waiting: Type.Array(Call, { description: 'Longest waiting first.' }),
  offered: Type.Array(Call, { description: 'Calls offered to an agent who has not answered yet.' }),
  active: Type.Array(Call, { description: 'Calls in conversation or wrap-up.' }),
})

/** Routes for desks: agents at work, calls by state, and routing decisions (spec C13). */
export function desksRoutes(server: Server, ports: ApiPorts): void {
  listRoutes(server, ports.database, {
    path: '/routing-decisions',
    access: 'read-customers',
    tag: 'calls',
    summary: 'Routing decisions for calls at desks, with their scores, newest first',
    filters: { desk: filter(), agentId: filter(), customerId: filter(), requestId: filter(), state: filter() },
    item: Decision,
    cursor: newestFirst(({ id }: DecisionRow) => id),
    load: listDecisions,
    toItems: (reader, rows) =>
      withCustomerNames(reader, rows, (row, customerName) => ({ ...isoTimes(row), customerName })),
  })
  deskRoute(server, ports)
}

function deskRoute(server: Server, ports: ApiPorts): void {
  const { database } = ports
  server.get(
    '/desks/:desk',
    {
      config: { access: 'read-customers' },
      schema: {
        tags: ['calls'],
        summary: 'Current state of a desk: agents at work, and calls waiting, offered or active',
        params: Type.Object({ desk: Name }),
        response: { 200: Desk, ...problems('not-found') },
      },
    },
    async ({ params: { desk } }) => {
      const now = currentTime(ports)
      const [agents, open] = await Promise.all([
        agentsOfDesk(database, { desk, at: new Date(now) }),
        openCalls(database, desk),
      ])
      const calls = await withCustomerNames(database, open, (call, customerName) => ({ ...call, customerName }))
      if (agents.length === 0 && calls.length === 0 && !(await isDesk(database, desk)))
        throw new ProblemError(
          'not-found',
          `The desk ${desk} is unknown: no agent has reported a state for it, and no call has asked for it.`,
        )
      const inState = (...states: readonly string[]) =>
        calls.filter((call) => states.includes(call.state)).map((call) => callAt(call, now))
      const callsOf = (agentId: string) => calls.filter((call) => call.agentId === agentId).length
      return {
        desk,
        agents: agents.map((agent) => ({ ...isoTimes(agent), calls: callsOf(agent.agentId) })),
        waiting: inState('waiting').sort((one, other) => other.waitedMs - one.waitedMs),
        offered: inState('pending'),
        active: inState('accepted', 'wrapping'),
      }
    },
  )
}

type NamedCall = RoutedCallRow & { readonly customerName: string | null }

function callAt({ occurredAt, waitedMs, ...call }: NamedCall, now: number) {
  const more = call.state === 'waiting' ? Math.max(0, now - occurredAt.getTime()) : 0
  return { ...isoTimes(call), since: occurredAt.toISOString(), waitedMs: waitedMs + more }
}
