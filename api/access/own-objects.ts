import type { FastifyRequest } from 'fastify'
import { isOwnedBy } from '../../store/access/owned.ts'
import type { Database } from '../../store/database.ts'
import { OWN_ID, type OwnUse } from '../http/access.ts'
import { ProblemError } from '../http/problem.ts'
import type { Server } from '../http/server.ts'

/**
 * Limits people whose right extends only to their own objects: on every route that they may use (`config.own`) to their
 * own, on all others to nothing. A route that states no use of its own is refused, so a new one leaks nothing.
 */
export function limitToOwnObjects(server: Server, database: Database): void {
  server.addHook('preValidation', (request, _reply, done) => {
    try {
      const limited = limitsOf(request)
      if (limited !== undefined) setQuery(request, limited)
      done()
    } catch (error) {
      done(error as Error)
    }
  })
  // After validation, since ids that the database can’t take are refused there.
  server.addHook('preHandler', async (request) => {
    const limited = limitsOf(request)
    if (limited === undefined) return
    checkBody(request, limited.own)
    await checkParams(database, request, limited)
  })
}

interface Limits {
  readonly own: OwnUse
  readonly salespersonId: string
}

/** Returns the limits of a request; `undefined` if its right extends to all objects. */
function limitsOf({ principal, routeOptions }: FastifyRequest): Limits | undefined {
  const { access, own } = routeOptions.config
  if (principal === undefined || access === undefined || principal.rights.get(access) !== 'own') return undefined
  const { name, salespersonId } = principal
  if (salespersonId === null)
    throw new ProblemError('forbidden', `${name} may see only their own objects, and is no salesperson.`)
  if (own === undefined)
    throw new ProblemError('forbidden', `${name} may see only their own objects; this shows those of others too.`)
  return { own, salespersonId }
}

function setQuery(request: FastifyRequest, { own, salespersonId }: Limits): void {
  const query = request.query as Record<string, unknown>
  for (const [parameter, fixed] of Object.entries(own.query ?? {})) {
    const only = fixed === OWN_ID ? salespersonId : fixed
    if (!Object.hasOwn(query, parameter)) query[parameter] = only
    else if (query[parameter] !== only)
      throw new ProblemError('forbidden', `\`${parameter}\` must be ${JSON.stringify(only)}.`)
  }
}

function checkBody({ body }: FastifyRequest, { body: fields = {} }: OwnUse): void {
  for (const [field, allowed] of Object.entries(fields)) {
    const value = (body as Readonly<Record<string, unknown>>)[field]
    if (!allowed.includes(String(value)))
      throw new ProblemError('forbidden', `\`${field}\` must be one of ${allowed.join(', ')}.`)
  }
}

async function checkParams(database: Database, request: FastifyRequest, { own, salespersonId }: Limits): Promise<void> {
  const params = request.params as Readonly<Record<string, string>>
  for (const [parameter, kind] of Object.entries(own.params ?? {})) {
    const id = params[parameter]!
    const isOwn = kind === 'salesperson' ? id === salespersonId : await isOwnedBy(database, kind, id, salespersonId)
    // The same answer whether or not it exists.
    if (!isOwn) throw new ProblemError('forbidden', `The ${kind} ${JSON.stringify(id)} is not yours.`)
  }
}
