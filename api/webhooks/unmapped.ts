import { Type } from 'typebox'
import { UnmappedWebhook } from '../../schemas/webhooks/unmapped-webhooks.ts'
import { listUnmapped, type StoredUnmapped } from '../../store/webhooks/unmapped-webhooks.ts'
import { newestFirst } from '../http/cursor.ts'
import { listRoutes } from '../http/list-routes.ts'
import { responseFields } from '../http/response-fields.ts'
import { filter } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import type { ApiPorts } from '../ports.ts'

const Unmapped = Type.Object({
  ...responseFields(UnmappedWebhook, ['source', 'body']),
  body: Type.String({ description: 'The first 4 KiB of the body as text.' }),
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
    toItems: (_reader, rows) =>
      rows.map(({ body, occurredAt, ...rest }) => ({
        ...rest,
        body: body.subarray(0, SHOWN_BYTES).toString().replaceAll('\0', '\ufffd'),
        bodyBytes: body.length,
        occurredAt: occurredAt.toISOString(),
      })),
  })
}
