import cors from '@fastify/cors'
import type { Server } from '../http/server.ts'

/** Headers of answers that a page of another origin may read beside the usual ones. */
const READABLE = ['etag', 'allow', 'retry-after', 'ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset']
const PREFLIGHT_SECONDS = 600

/**
 * Lets pages of these origins call the API with a key or a token (CORS); browsers keep all others from it. Must precede
 * the checks of access, since a browser asks for permission without a credential.
 */
export async function allowOrigins(server: Server, origins: readonly string[]): Promise<void> {
  if (origins.length === 0) return
  server.addHook('onRoute', (route) => {
    if (route.url === '*') route.config = { ...route.config, access: 'public' }
  })
  await server.register(cors, {
    origin: [...origins],
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: ['authorization', 'content-type', 'if-match', 'if-none-match', 'idempotency-key'],
    exposedHeaders: READABLE,
    maxAge: PREFLIGHT_SECONDS,
  })
}
