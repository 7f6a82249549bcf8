import { Type, type Static } from 'typebox'
import { listAlerts, type StoredAlert } from '../../store/customers/alerts.ts'
import { Alert as AlertRecord, alertKinds, type AlertKind } from '../../schemas/customers/alerts.ts'
import { customerNames } from '../../store/customers/names.ts'
import { answerFields } from '../http/answer-fields.ts'
import { page } from '../http/cursor.ts'
import type { ApiPorts } from '../ports.ts'
import { problems } from '../http/problem.ts'
import { Reason } from '../reasons.ts'
import { filter, nullable, pageOf, paging, Probability } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'

export const Alert = Type.Object({
  ...answerFields(AlertRecord, ['source']),
  kind: Type.String({ description: `${alertKinds.join(', ')}; others if another version has raised them.` }),
  customerName: nullable(Type.String()),
  probability: Probability,
  reasons: Type.Array(Reason, { description: 'Reasons for the probability, largest contribution first.' }),
})

export function alertJson(alert: StoredAlert, customerName: string | null): Static<typeof Alert> {
  const { occurredAt, reasons, ...rest } = alert
  return { ...rest, reasons: [...reasons], customerName, occurredAt: occurredAt.toISOString() }
}

const Query = Type.Object(
  {
    kind: Type.Optional(Type.Unsafe<AlertKind>({ type: 'string', enum: [...alertKinds] })),
    raised: Type.Optional(Type.Boolean()),
    customerId: filter(),
    ...paging,
  },
  { additionalProperties: false },
)

/** Alerts that a person should act on. */
export function alertsRoute(server: Server, { database }: ApiPorts): void {
  server.get(
    '/alerts',
    {
      config: { access: 'read-customers' },
      schema: {
        tags: ['sales'],
        summary: 'Alerts: the latest state of each kind and subject, newest first',
        querystring: Query,
        response: { 200: pageOf(Alert), ...problems('invalid-request', 'not-found') },
      },
    },
    ({ query: { limit, after, ...filter } }) =>
      page(
        { limit, after },
        (request) => listAlerts(database, filter, request),
        ({ occurredAt, id }) => ({ at: occurredAt, id }),
        async (rows) => {
          const names = await customerNames(
            database,
            rows.map(({ customerId }) => customerId),
          )
          return rows.map((row) => alertJson(row, names.get(row.customerId) ?? null))
        },
      ),
  )
}
