import { once } from 'node:events'
import type { FastifyRequest } from 'fastify'
import type { Server } from './server.ts'

/** How long a response waits for the rest of the body if the connection closes after it. */
const REST_MS_MAX = 10_000

/**
 * Reads and drops the rest of a body that was refused before it was read, for its size or its type. If the connection
 * were closed with bytes unread, a client that sends everything first would get a broken pipe and never see the answer.
 */
export function dropUnreadBodies(server: Server): void {
  server.addHook('onSend', async (request, reply, payload) => {
    if (request.raw.complete || !hasBody(request)) return payload
    // fastify sets it to close. Without it Node reads the rest after the answer, within the request timeout.
    reply.removeHeader('connection')
    if (closesAfterwards(request)) await drainBody(request)
    return payload
  })
}

function hasBody({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

function closesAfterwards({ raw, headers }: FastifyRequest): boolean {
  return raw.httpVersion === '1.0' || /\bclose\b/i.test(headers.connection ?? '')
}

async function drainBody({ raw }: FastifyRequest): Promise<void> {
  raw.resume()
  // The answer is sent even if the wait fails or times out.
  await once(raw, 'end', { signal: AbortSignal.timeout(REST_MS_MAX) }).catch(() => {})
}
