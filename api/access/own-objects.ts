import type { FastifyRequest } from 'fastify'
import { notOwned, type OwnedKind, type Owner } from '../../store/access/owned.ts'
import type { Database } from '../../store/database.ts'
import { OWN_ID, OWN_TEAM, type OwnUse } from '../http/access.ts'
import { ProblemError } from '../http/problem.ts'
import type { Server } from '../http/server.ts'
import type { Principal } from './principal.ts'

/**
 * Limits people whose right extends only to their own objects or to those of their team: on every route that they may
 * use (`config.own`) to these, on all others to nothing. A route that states no such use is refused, so a new one leaks
 * nothing.
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
    checkBody(request, limited)
    for (const [kind, ids] of idsOf(request, limited)) await checkIds(database, kind, ids, limited.owner)
  })
}

interface Limits {
  readonly own: OwnUse
  readonly owner: Owner
}

/** Returns whose objects the request may be about; `undefined`: any, as its right extends to all objects. */
function ownerOf({ principal, routeOptions }: FastifyRequest): Owner | undefined {
  const { access } = routeOptions.config
  if (principal === undefined || access === undefined) return undefined
  const scope = principal.rights.get(access)
  if (scope === 'own') return { kind: 'salesperson', id: salespersonOf(principal) }
  return scope === 'team' ? { kind: 'team', id: teamOf(principal) } : undefined
}

function limitsOf(request: FastifyRequest): Limits | undefined {
  const owner = ownerOf(request)
  if (owner === undefined) return undefined
  const { own } = request.routeOptions.config
  if (own !== undefined && (owner.kind === 'team' || own.teamOnly !== true)) return { own, owner }
  const whose = owner.kind === 'team' ? 'the objects of their team' : 'their own objects'
  throw new ProblemError(
    'forbidden',
    `${request.principal!.name} may see only ${whose}; this shows those of others too.`,
  )
}

function salespersonOf({ name, salespersonId }: Principal): string {
  if (salespersonId !== null) return salespersonId
  throw new ProblemError('forbidden', `${name} may see only their own objects, and is no salesperson.`)
}

function teamOf({ name, teamId }: Principal): string {
  if (teamId !== null) return teamId
  throw new ProblemError(
    'forbidden',
    `${name} may see only the objects of their team, and no team is named: by the key (\`scoreline keys create --team\`), or by the token in the claim that OIDC_TEAM_CLAIM names.`,
  )
}

function setQuery(request: FastifyRequest, { own, owner }: Limits): void {
  const query = request.query as Record<string, unknown>
  if (asksAlso(request, { own, owner })) return
  const limits = own.query?.[owner.kind === 'team' ? 'team' : 'own'] ?? {}
  for (const [parameter, fixed] of Object.entries(limits)) {
    const only = fixed === OWN_ID || fixed === OWN_TEAM ? owner.id : fixed
    if (!Object.hasOwn(query, parameter)) query[parameter] = only
    else if (query[parameter] !== only)
      throw new ProblemError('forbidden', `\`${parameter}\` must be ${JSON.stringify(only)}.`)
  }
}

/** Whether a team lead asks for what is theirs too, and names it. */
function asksAlso(request: FastifyRequest, { own: { teamAlso }, owner }: Limits): boolean {
  if (owner.kind !== 'team' || teamAlso === undefined) return false
  const query = request.query as Readonly<Record<string, unknown>>
  return (
    Object.entries(teamAlso.query).every(([parameter, value]) => query[parameter] === value) &&
    Object.keys(teamAlso.ids).every((parameter) => typeof query[parameter] === 'string')
  )
}

function checkBody({ body }: FastifyRequest, { own: { body: fields = {} }, owner }: Limits): void {
  if (owner.kind === 'team') return
  for (const [field, allowed] of Object.entries(fields)) {
    const value = (body as Readonly<Record<string, unknown>>)[field]
    if (!allowed.includes(String(value)))
      throw new ProblemError('forbidden', `\`${field}\` must be one of ${allowed.join(', ')}.`)
  }
}

/** Returns the ids of the objects that a request names, with their kind. */
function idsOf(request: FastifyRequest, limits: Limits): [OwnedKind, readonly string[]][] {
  const { params = {}, items, teamAlso } = limits.own
  const inQuery = asksAlso(request, limits) ? namedIn(request.query, teamAlso!.ids) : []
  const named = [...namedIn(request.params, params), ...inQuery]
  if (items === undefined) return named
  const list = (request.body as Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>)[items.list]!
  return [...named, [items.kind, list.map((item) => item[items.field]!)]]
}

function namedIn(part: unknown, kinds: Readonly<Record<string, OwnedKind>>): [OwnedKind, readonly string[]][] {
  const values = part as Readonly<Record<string, string>>
  return Object.entries(kinds).map(([parameter, kind]) => [kind, [values[parameter]!]])
}

async function checkIds(database: Database, kind: OwnedKind, ids: readonly string[], owner: Owner): Promise<void> {
  const [other] = await notOwned(database, kind, ids, owner)
  if (other === undefined) return
  const whose = owner.kind === 'team' ? 'your team’s' : 'yours'
  // The same answer whether or not it exists.
  throw new ProblemError('forbidden', `The ${kind} ${JSON.stringify(other)} is not ${whose}.`)
}
