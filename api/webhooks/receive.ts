import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { identifier } from '../../schemas/avro/schema.ts'
import { deliveryIdOf } from '../../webhooks/delivery-id.ts'
import { parsePayload, PayloadError } from '../../webhooks/payload.ts'
import { isAuthentic, type WebhookRequest } from '../../webhooks/signature/is-authentic.ts'
import { usableSecrets } from '../../webhooks/signature/usable-secrets.ts'
import { ProblemError, problems } from '../http/problem.ts'
import type { Server } from '../http/server.ts'
import type { ApiPorts } from '../ports.ts'
import { acceptPayload } from './accept-payload.ts'
import type { ActiveSource, WebhookSources } from './webhook-sources.ts'

/** An unmapped webhook is one record of at most 1 MiB, with its problems and up to 1,000 ids of accepted events. */
const BODY_BYTES_MAX = 384 << 10

export const SourceParams = Type.Object({ source: Type.Unsafe<string>(Type.String(identifier.json)) })

const Accepted = Type.Object({
  events: Type.Integer({ description: 'Events that were accepted.' }),
  mapped: Type.Boolean({
    description: 'Whether all of it could be mapped; otherwise it is kept at /webhooks/unmapped.',
  }),
})

/** Route that receives webhooks. It needs no right: each source states how its requests are verified. */
export function receiveRoute(server: Server, ports: ApiPorts, sources: WebhookSources): void {
  // In a context of its own, since signatures cover the raw bytes of any content type.
  void server.register((scope: Server, _options, done) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, parsed) => parsed(null, body))
    addRoute(scope, ports, sources)
    done()
  })
}

function addRoute(server: Server, ports: ApiPorts, sources: WebhookSources): void {
  server.post(
    '/webhooks/:source',
    {
      bodyLimit: BODY_BYTES_MAX,
      config: { access: 'public' },
      schema: {
        tags: ['events'],
        summary: 'Receives a signed webhook of another system',
        description:
          'The body is verified as the source states (PUT /webhook-sources/{source}) and mapped to events. A repeated delivery is accepted and has no further effect.',
        params: SourceParams,
        response: {
          202: Accepted,
          ...problems('invalid-request', 'not-authentic', 'forbidden-origin', 'not-found', 'too-large', 'unavailable'),
        },
      },
    },
    async (request, reply) => {
      const source = await sources.named(request.params.source)
      const received = receivedFrom(request)
      requireAuthentic(ports, source, received)
      const accepted = await acceptPayload(ports, source, {
        deliveryId: deliveryIdOf(source.settings, received),
        contentType: received.headers['content-type'] ?? '',
        body: received.body,
      })
      return reply.code(202).send({ events: accepted.events, mapped: accepted.isMapped })
    },
  )
}

function receivedFrom({ method, headers, body }: FastifyRequest): WebhookRequest & { readonly body: Buffer } {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0)
  const single = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(',')]))
  return { method, headers: single, body: bytes, payload: payloadOf(single['content-type'] ?? '', bytes) }
}

/** Returns `undefined` for a body that can't be parsed: it may still be verified, and is then kept. */
function payloadOf(contentType: string, body: Buffer): unknown {
  try {
    return parsePayload(contentType, body)
  } catch (error) {
    if (error instanceof PayloadError) return undefined
    throw error
  }
}

function requireAuthentic(
  { webhookSecret, logError }: Pick<ApiPorts, 'webhookSecret' | 'logError'>,
  { name, settings }: ActiveSource,
  request: WebhookRequest,
): void {
  const { secrets, faults } = usableSecrets(settings, webhookSecret)
  for (const fault of faults) logError(`Webhook source ${name}: ${fault}`)
  if (secrets.length === 0)
    throw new ProblemError(
      'unavailable',
      'Webhooks of this source can’t be verified at the moment. Send it again later.',
    )
  // The answer is the same for every reason, so that it tells a forger nothing.
  if (!isAuthentic(settings, request, secrets, Date.now()))
    throw new ProblemError('not-authentic', 'The webhook could not be verified.')
}
