import { Type } from 'typebox'
import { UnmappedWebhook } from '../../schemas/webhooks/unmapped-webhooks.ts'
import { listUnmapped, type StoredUnmapped } from '../../store/webhooks/unmapped-webhooks.ts'
import { MASKED_TEXT } from '../access/mask.ts'
import { seesCustomers } from '../access/principal.ts'
import { newestFirst } from '../http/cursor.ts'
import { listRoutes } from '../http/list-routes.ts'
import { responseFields } from '../http/response-fields.ts'
import { filter } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import type { ApiPorts } from '../ports.ts'

const Unmapped = Type.Object({
  ...responseFields(UnmappedWebhook, ['source', 'body']),
  body: Type.String({
    description: `The first 4 KiB of the body as text; \`${MASKED_TEXT}\` for people who may not see all customers with all fields.`,
  }),
  bodyBytes: Type.Integer({ description: 'Length of the body in bytes.' }),
})

const SHOWN_BYTES = 4_096

/** Route that lists the webhooks that could not be mapped, with the reasons. */
export function unmappedRoute(server: Server, { database }: ApiPorts): void {
  listRoutes(server, database, {
    path: '/webhooks/unmapped',
    access: 'operate',
    tag: 'operations',
    summary: 'Webhooks that could not be mapped to events, with the reasons, newest first',
    filters: { webhook: filter('Name of the source.'), state: filter('pending or replayed.') },
    item: Unmapped,
    cursor: newestFirst(({ id }: StoredUnmapped) => id),
    load: listUnmapped,
    toItems: (_reader, rows, _filter, principal) =>
      rows.map(({ body, occurredAt, ...rest }) => ({
        ...rest,
        body: seesCustomers(principal) ? textOf(body) : MASKED_TEXT,
        bodyBytes: body.length,
        occurredAt: occurredAt.toISOString(),
      })),
  })
}

function textOf(body: Buffer): string {
  return body.subarray(0, SHOWN_BYTES).toString().replaceAll('\0', '\ufffd')
}
