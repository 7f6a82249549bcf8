import type { FastifyReply, FastifyRequest } from 'fastify'
import { ProblemError } from '../http/problem.ts'
import type { Server } from '../http/server.ts'
import { parseKey } from './api-key.ts'
import type { Identity } from './identity.ts'
import { principalOf, type Principal } from './principal.ts'
import type { Roles } from './roles.ts'

const REALM = 'Bearer realm="scoreline"'

export interface Credentials {
  readonly roles: Roles
  readonly verifyKey: (key: { readonly id: string; readonly secret: string }) => Promise<Identity>
  /** `undefined`: tokens are not accepted. */
  readonly verifyToken: ((token: string) => Promise<Identity>) | undefined
}

/**
 * Requires the right of the route from every request, before its body is read. Public routes, routes with credentials
 * of their own and addresses without a route are exempt.
 */
export function authenticate(server: Server, credentials: Credentials): void {
  server.addHook('onRequest', async (request, reply) => {
    const { access, ownCredentials } = request.routeOptions.config
    if (request.is404 || access === 'public' || ownCredentials === true) return
    const principal = await authenticated(request, reply, credentials)
    if (access === undefined || !principal.rights.has(access)) {
      void reply.header('www-authenticate', `${REALM}, error="insufficient_scope", scope="${access ?? ''}"`)
      throw new ProblemError('forbidden', `${principal.name} does not have the right ${access ?? '(none stated)'}.`)
    }
    request.principal = principal
  })
}

async function authenticated(
  request: FastifyRequest,
  reply: FastifyReply,
  { roles, verifyKey, verifyToken }: Credentials,
): Promise<Principal> {
  const { authorization } = request.headers
  const [, text] = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i.exec(authorization ?? '') ?? []
  if (text === undefined) {
    void reply.header('www-authenticate', REALM)
    throw new ProblemError('not-authenticated', 'Send an API key or a token in the header Authorization: Bearer ….')
  }
  try {
    const key = parseKey(text)
    if (key !== undefined) return principalOf(await verifyKey(key), roles)
    if (verifyToken !== undefined) return principalOf(await verifyToken(text), roles)
    throw new ProblemError('not-authenticated', 'The credential is no API key, and no issuer of tokens is configured.')
  } catch (error) {
    if (error instanceof ProblemError && error.kind === 'not-authenticated')
      void reply.header('www-authenticate', `${REALM}, error="invalid_token"`)
    throw error
  }
}
