import { unscopedRights, type Right, type Scope } from '../http/access.ts'
import type { Identity } from './identity.ts'
import type { Roles } from './roles.ts'

/** The person or program that a request comes from. */
export interface Principal {
  /**
   * Name recorded as the author of changes. For a salesperson it is the salesperson’s id, by which the rules for cases
   * recognise the person who made the visit.
   */
  readonly name: string
  readonly salespersonId: string | null
  readonly teamId: string | null
  /** Rights, and the objects that they extend to. */
  readonly rights: ReadonlyMap<Right, Scope>
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Who sends the request; undefined if access is open or the route is public. */
    principal?: Principal | undefined
  }
}

const widths: Readonly<Record<Scope, number>> = { own: 1, team: 2, all: 3 }

/** Combines the roles of a principal: the widest scope counts. Role names that no longer exist grant nothing. */
export function principalOf({ name, roles, salespersonId, teamId }: Identity, known: Roles): Principal {
  const rights = new Map<Right, Scope>()
  for (const role of roles.flatMap((one) => known.get(one) ?? [])) {
    for (const right of role.rights) {
      const scope = unscopedRights.has(right) ? 'all' : role.scope
      const other = rights.get(right)
      if (other === undefined || widths[scope] > widths[other]) rights.set(right, scope)
    }
  }
  return { name: salespersonId ?? name, salespersonId, teamId, rights }
}
