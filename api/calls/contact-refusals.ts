import { Type } from 'typebox'
import { ContactRefusal } from '../../schemas/calls/contact-refusals.ts'
import { HOUR_MS } from '../../schemas/durations.ts'
import { countRefusals, listRefusals, type RefusalRow } from '../../store/calls/contact-refusals.ts'
import { withCustomerNames } from '../customers/named-rows.ts'
import { responseFields } from '../http/response-fields.ts'
import { newestFirst } from '../http/cursor.ts'
import { isoTimes } from '../http/iso-times.ts'
import { listRoutes } from '../http/list-routes.ts'
import { problems } from '../http/problem.ts'
import { CustomerName } from '../http/personal.ts'
import { filter, nullable, Time } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import type { ApiPorts } from '../ports.ts'
import { currentTime } from '../current-time.ts'

const Refusal = Type.Object({ ...responseFields(ContactRefusal), customerName: CustomerName })

const Count = Type.Object({
  campaign: Type.String(),
  rule: Type.String(),
  ruleVersion: nullable(Type.Integer()),
  customers: Type.Integer({ description: 'Distinct customers.' }),
  refusals: Type.Integer(),
  newestAt: Time,
  detail: Type.String({ description: 'The reason of the newest refusal.' }),
})

const HOURS_DEFAULT = 24
const HOURS_MAX = 24 * 31

/** Routes for refused calls: each one, and counted by campaign and rule. */
export function contactRefusalsRoutes(server: Server, ports: ApiPorts): void {
  listRoutes(server, ports.database, {
    path: '/contact-refusals',
    access: 'read-customers',
    tag: 'calls',
    summary: 'Refused calls, each with the rule that forbade it, newest first',
    filters: { customerId: filter(), campaign: filter(), rule: filter() },
    item: Refusal,
    cursor: newestFirst(({ id }: RefusalRow) => id),
    load: listRefusals,
    toItems: (reader, rows) =>
      withCustomerNames(reader, rows, (row, customerName) => ({ ...isoTimes(row), customerName })),
  })
  summaryRoute(server, ports)
}

function summaryRoute(server: Server, ports: ApiPorts): void {
  server.get(
    '/contact-refusals/summary',
    {
      config: { access: 'read-customers' },
      schema: {
        tags: ['calls'],
        summary: 'Why nobody is being called: refusals by campaign and rule, most customers first',
        querystring: Type.Object(
          {
            campaign: filter(),
            hours: Type.Optional(
              Type.Integer({
                minimum: 1,
                maximum: HOURS_MAX,
                description: `Hours up to now. Default: ${HOURS_DEFAULT}.`,
              }),
            ),
          },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ items: Type.Array(Count) }), ...problems('invalid-request') },
      },
    },
    async ({ query: { campaign, hours = HOURS_DEFAULT } }) => {
      const since = new Date(currentTime(ports) - hours * HOUR_MS)
      return { items: (await countRefusals(ports.database, { since, campaign })).map(isoTimes) }
    },
  )
}
