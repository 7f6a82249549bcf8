import { Type, type Static } from 'typebox'
import { listAlerts, type StoredAlert } from '../../store/customers/alerts.ts'
import { Alert as AlertRecord, alertKinds, type AlertKind } from '../../schemas/customers/alerts.ts'
import { responseFields } from '../http/response-fields.ts'
import { ofTeamOnly } from '../http/access.ts'
import { newestFirst } from '../http/cursor.ts'
import { listRoutes } from '../http/list-routes.ts'
import type { ApiPorts } from '../ports.ts'
import { withCustomerNames } from './named-rows.ts'
import { Reason } from '../reasons.ts'
import { CustomerName } from '../http/personal.ts'
import { filter, Probability } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'

export const Alert = Type.Object({
  ...responseFields(AlertRecord, ['source']),
  kind: Type.String({ description: `${alertKinds.join(', ')}; another version may have raised other kinds.` }),
  customerName: CustomerName,
  probability: Probability,
  reasons: Type.Array(Reason, { description: 'Reasons for the probability, largest contribution first.' }),
})

export function alertJson(alert: StoredAlert, customerName: string | null): Static<typeof Alert> {
  const { occurredAt, reasons, ...rest } = alert
  return { ...rest, reasons: [...reasons], customerName, occurredAt: occurredAt.toISOString() }
}

const filters = {
  kind: Type.Optional(Type.Unsafe<AlertKind>({ type: 'string', enum: [...alertKinds] })),
  raised: Type.Optional(Type.Boolean()),
  customerId: filter(),
  teamId: filter('Alerts on customers, opportunities and visits of the team.'),
}

/** Route that lists alerts. */
export function alertsRoute(server: Server, { database }: ApiPorts): void {
  listRoutes(server, database, {
    path: '/alerts',
    access: 'read-customers',
    own: ofTeamOnly,
    tag: 'sales',
    summary: 'Alerts: the latest state of each kind and subject, newest first',
    filters,
    item: Alert,
    cursor: newestFirst(({ id }: StoredAlert) => id),
    load: listAlerts,
    toItems: (reader, rows) => withCustomerNames(reader, rows, alertJson),
  })
}
