import { once } from 'node:events'
import type { FastifyRequest } from 'fastify'
import type { Server } from './server.ts'

/** How long an answer waits for the rest of a body, of a client that wants the connection closed after it. */
const REST_MS_MAX = 10_000

/**
 * An answer may be known before the body was read: it is too large, or of another type. The rest is read all the same,
 * and dropped: if the connection were closed with bytes unread, a client that first sends everything would learn that
 * its pipe is broken and never see the answer.
 */
export function dropUnreadBodies(server: Server): void {
  server.addHook('onSend', async (request, reply, payload) => {
    if (request.raw.complete || !hasBody(request)) return payload
    // Set by fastify. Without it Node reads the rest after the answer, for as long as a request may take.
    reply.removeHeader('connection')
    if (closesAfterwards(request)) await untilRead(request)
    return payload
  })
}

function hasBody({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

function closesAfterwards({ raw, headers }: FastifyRequest): boolean {
  return raw.httpVersion === '1.0' || /\bclose\b/i.test(headers.connection ?? '')
}

async function untilRead({ raw }: FastifyRequest): Promise<void> {
  raw.resume()
  // Whatever ends the wait, the answer follows.
  await once(raw, 'end', { signal: AbortSignal.timeout(REST_MS_MAX) }).catch(() => {})
}
