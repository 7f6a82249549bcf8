import { Type } from 'typebox'
import { SessionStep } from '../../schemas/calls/session-steps.ts'
import { listSessionSteps, type SessionStepRow } from '../../store/calls/session-steps.ts'
import { withCustomerNames } from '../customers/named-rows.ts'
import { newestFirst } from '../http/cursor.ts'
import { isoTimes } from '../http/iso-times.ts'
import { listRoutes } from '../http/list-routes.ts'
import { responseFields } from '../http/response-fields.ts'
import { CustomerName } from '../http/personal.ts'
import { filter } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import type { ApiPorts } from '../ports.ts'

/** Routes that list the steps of live calls with the reasons of every deviation from the script. */
export function sessionStepsRoutes(server: Server, { database }: ApiPorts): void {
  listRoutes(server, database, {
    path: '/session-steps',
    access: 'read-customers',
    tag: 'calls',
    summary: 'Steps of live calls: what was reported, what was said next, and why; newest first',
    filters: { callId: filter(), customerId: filter(), template: filter() },
    item: Type.Object({ ...responseFields(SessionStep), customerName: CustomerName }),
    cursor: newestFirst(({ id }: SessionStepRow) => id),
    load: listSessionSteps,
    toItems: (reader, rows) =>
      withCustomerNames(reader, rows, (row, customerName) => ({ ...isoTimes(row), customerName })),
  })
}
