import rateLimit from '@fastify/rate-limit'
import { ProblemError } from '../http/problem.ts'
import type { Server } from '../http/server.ts'
import type { AccessSettings } from './settings.ts'

const MINUTE_MS = 60_000

/**
 * Limits how many requests one key or token makes in a minute, on the routes that are defined after this call; counted
 * by each process for itself. Exempt are public routes, call systems, whose pace is that of a call, and `write-events`,
 * since an event that is refused would have to be kept elsewhere: those routes answer 503 while Kafka is behind.
 */
export async function limitRates(server: Server, access: AccessSettings): Promise<void> {
  if (access.mode === 'open' || access.requestsPerMinute === 0) return
  await server.register(rateLimit, {
    max: access.requestsPerMinute,
    timeWindow: MINUTE_MS,
    enableDraftSpec: true,
    keyGenerator: ({ principal, ip }) => principal?.name ?? ip,
    allowList: ({ routeOptions: { config } }) =>
      config.access === 'public' || config.access === 'write-events' || config.ownCredentials === true,
    errorResponseBuilder: (_request, { max, ttl }) =>
      new ProblemError(
        'too-many-requests',
        `More than ${max} requests in a minute. Go on in ${Math.ceil(ttl / 1_000)} s.`,
      ),
  })
}
