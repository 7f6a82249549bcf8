import { Type } from 'typebox'
import { CallAttempt } from '../../schemas/calls/call-attempts.ts'
import { entryStates, QueuedEntry } from '../../schemas/calls/campaign-queue.ts'
import { DAY_MS } from '../../schemas/durations.ts'
import { listAttempts, type AttemptRow } from '../../store/calls/call-attempts.ts'
import { countOutcomes, countQueue, listQueue, type QueueRow } from '../../store/calls/campaign-queue.ts'
import { countRefusals } from '../../store/calls/contact-refusals.ts'
import { withCustomerNames } from '../customers/named-rows.ts'
import { answerFields } from '../http/answer-fields.ts'
import { newestFirst, ranked } from '../http/cursor.ts'
import { isoTimes } from '../http/iso-times.ts'
import { listRoutes } from '../http/list-routes.ts'
import { problems } from '../http/problem.ts'
import { filter, Name, nullable } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import type { ApiPorts } from '../ports.ts'
import { readingTime } from '../reading-time.ts'

const Entry = Type.Object({ ...answerFields(QueuedEntry), customerName: nullable(Type.String()) })
const Attempt = Type.Object({ ...answerFields(CallAttempt), customerName: nullable(Type.String()) })

/** Lists of campaigns: who stands where, what came of the calls, and why nobody is called (spec C1). */
export function campaignListsRoutes(server: Server, ports: ApiPorts): void {
  listRoutes(server, ports.database, {
    path: '/campaigns/:campaign/queue',
    access: 'read-customers',
    tag: 'calls',
    summary: 'The customers on a campaign’s list, the most valuable calls first',
    params: Type.Object({ campaign: Name }),
    filters: {
      state: Type.Optional(Type.Enum([...entryStates])),
      customerId: filter(),
      list: filter('The file or the system that the entry comes from.'),
    },
    item: Entry,
    cursor: ranked(
      ({ expectedValue }: QueueRow) => expectedValue,
      ({ customerId }) => customerId,
    ),
    load: listQueue,
    show: (reader, rows) =>
      withCustomerNames(reader, rows, (row, customerName) => ({ ...isoTimes(row), customerName })),
  })
  listRoutes(server, ports.database, {
    path: '/call-attempts',
    access: 'read-customers',
    tag: 'calls',
    summary: 'Steps of the calls of campaigns, newest first',
    filters: { campaign: filter(), customerId: filter(), disposition: filter() },
    item: Attempt,
    cursor: newestFirst(({ id }: AttemptRow) => id),
    load: listAttempts,
    show: (reader, rows) =>
      withCustomerNames(reader, rows, (row, customerName) => ({ ...isoTimes(row), customerName })),
  })
  funnelRoute(server, ports)
}

const Funnel = Type.Object({
  campaign: Type.String(),
  listed: Type.Integer({ description: 'Customers on the list, those removed left out.' }),
  called: Type.Integer({ description: 'Of them, called at least once.' }),
  states: Type.Array(Type.Object({ state: Type.String(), customers: Type.Integer() })),
  dispositions: Type.Array(
    Type.Object({ disposition: Type.String(), calls: Type.Integer(), customers: Type.Integer() }),
    { description: 'What came of the calls, the most frequent first.' },
  ),
  refusals: Type.Array(Type.Object({ rule: Type.String(), customers: Type.Integer(), refusals: Type.Integer() }), {
    description: 'Why customers were not called in the last 24 hours.',
  }),
})

function funnelRoute(server: Server, ports: ApiPorts): void {
  server.get(
    '/campaigns/:name/funnel',
    {
      config: { access: 'read-customers' },
      schema: {
        tags: ['calls'],
        summary: 'How far a campaign has come: listed, called, what came of it, and why customers are not called',
        params: Type.Object({ name: Name }),
        response: { 200: Funnel, ...problems('invalid-request') },
      },
    },
    async ({ params: { name: campaign } }) => {
      const since = new Date(readingTime(ports) - DAY_MS)
      const [states, dispositions, refusals] = await Promise.all([
        countQueue(ports.database, campaign),
        countOutcomes(ports.database, campaign),
        countRefusals(ports.database, { since, campaign }),
      ])
      const listed = states.filter(({ state }) => state !== 'removed')
      const sum = (of: 'customers' | 'called') => listed.reduce((total, one) => total + one[of], 0)
      return {
        ...{ campaign, listed: sum('customers'), called: sum('called') },
        states: states.map(({ state, customers }) => ({ state, customers })),
        dispositions: [...dispositions],
        refusals: refusals.map(({ rule, customers, refusals: count }) => ({ rule, customers, refusals: count })),
      }
    },
  )
}
