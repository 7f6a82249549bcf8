import { Type } from 'typebox'
import { pendingUnmapped } from '../../store/webhooks/unmapped-webhooks.ts'
import { byId } from '../http/cursor.ts'
import { problems } from '../http/problem.ts'
import { nullable } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import type { ApiPorts } from '../ports.ts'
import { acceptPayload } from './accept-payload.ts'
import { SourceParams } from './receive.ts'
import type { WebhookSources } from './webhook-sources.ts'

/** Webhooks of one request: at 384 KiB each they fit into memory, and take a few seconds. */
const LIMIT_MAX = 200

const Replay = Type.Object(
  {
    after: Type.Optional(Type.String({ maxLength: 4_096, description: 'The `next` of the previous request.' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: LIMIT_MAX, default: LIMIT_MAX })),
  },
  { additionalProperties: false },
)

const Replayed = Type.Object({
  replayed: Type.Integer({ description: 'Webhooks that could now be mapped completely.' }),
  unmapped: Type.Integer({ description: 'Webhooks that still can’t be mapped.' }),
  events: Type.Integer({ description: 'Events that were accepted.' }),
  next: nullable(Type.String(), 'Send it as `after` to replay the next ones; null: these were the last.'),
})

const cursor = byId(({ id }: { readonly id: string }) => id)

/** Route that maps unmapped webhooks again, with the active version of their source. */
export function replayRoute(server: Server, ports: ApiPorts, sources: WebhookSources): void {
  server.post(
    '/webhooks/:source/replay',
    {
      config: { access: 'write-events' },
      schema: {
        tags: ['operations'],
        summary: 'Maps the unmapped webhooks of a source again, after its mapping was mended',
        params: SourceParams,
        body: Replay,
        response: {
          200: Replayed,
          ...problems('invalid-request', 'forbidden-origin', 'not-found', 'unavailable'),
        },
      },
    },
    async ({ params, body: { after, limit = LIMIT_MAX } }) => {
      const source = await sources.newest(params.source)
      const place = { limit: limit + 1, ...(after === undefined ? {} : { after: cursor.decode(after) }) }
      const rows = await pendingUnmapped(ports.database, source.name, place)
      const counts = { replayed: 0, unmapped: 0, events: 0 }
      for (const { deliveryId, contentType, body, acceptedIds, attempts } of rows.slice(0, limit)) {
        const earlier = { acceptedIds, attempts }
        const { events, isMapped } = await acceptPayload(ports, source, { deliveryId, contentType, body, earlier })
        counts[isMapped ? 'replayed' : 'unmapped']++
        counts.events += events
      }
      return { ...counts, next: rows.length > limit ? cursor.encode(rows[limit - 1]!.id) : null }
    },
  )
}
