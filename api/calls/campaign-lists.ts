import { Type } from 'typebox'
import { CallAttempt } from '../../schemas/calls/call-attempts.ts'
import { entryStates, QueuedEntry } from '../../schemas/calls/campaign-queue.ts'
import { listAttempts, type AttemptRow } from '../../store/calls/call-attempts.ts'
import { listQueue, type ListedRow } from '../../store/calls/campaign-queue.ts'
import { withCustomerNames } from '../customers/named-rows.ts'
import { responseFields } from '../http/response-fields.ts'
import { newestFirst, ranked } from '../http/cursor.ts'
import { isoTimes } from '../http/iso-times.ts'
import { listRoutes } from '../http/list-routes.ts'
import { CustomerName } from '../http/personal.ts'
import { filter, Name, nullable } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import type { ApiPorts } from '../ports.ts'

const Entry = Type.Object({
  ...responseFields(QueuedEntry),
  customerName: CustomerName,
  refusedUntil: nullable(
    Type.String({ format: 'date-time' }),
    'The customer was refused at dispatch, and is considered again from this time on, which may be in the past. null if not refused.',
  ),
})
const Attempt = Type.Object({ ...responseFields(CallAttempt), customerName: CustomerName })

/** Routes for a campaign's list of customers and for the steps of its calls (spec C1). */
export function campaignListsRoutes(server: Server, ports: ApiPorts): void {
  listRoutes(server, ports.database, {
    path: '/campaigns/:campaign/queue',
    access: 'read-customers',
    tag: 'calls',
    summary: 'The customers on a campaign’s list, in its order',
    params: Type.Object({ campaign: Name }),
    filters: {
      state: Type.Optional(Type.Enum([...entryStates])),
      customerId: filter(),
      list: filter('The file or system that the entry comes from.'),
    },
    item: Entry,
    cursor: ranked(
      ({ interestValue, expectedValue }: ListedRow) => interestValue ?? expectedValue,
      ({ customerId }) => customerId,
    ),
    load: listQueue,
    toItems: (reader, rows) =>
      withCustomerNames(reader, rows, (row, customerName) => ({ ...isoTimes(row), customerName })),
  })
  listRoutes(server, ports.database, {
    path: '/call-attempts',
    access: 'read-customers',
    tag: 'calls',
    summary: 'Steps of campaign calls (dispatched, completed), newest first',
    filters: { campaign: filter(), customerId: filter(), disposition: filter() },
    item: Attempt,
    cursor: newestFirst(({ id }: AttemptRow) => id),
    load: listAttempts,
    toItems: (reader, rows) =>
      withCustomerNames(reader, rows, (row, customerName) => ({ ...isoTimes(row), customerName })),
  })
}
