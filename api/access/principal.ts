import type { Right } from '../http/access.ts'
import type { Roles } from './roles.ts'

/** The person or program that a request comes from. */
export interface Principal {
  /**
   * Name recorded as the author of changes. For a salesperson it is the salesperson’s id, by which the rules for cases
   * recognise the person who made the visit.
   */
  readonly name: string
  readonly salespersonId: string | null
  /** Rights, and whether they extend to all objects or only to the salesperson’s own. */
  readonly rights: ReadonlyMap<Right, 'all' | 'own'>
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Who sends the request; undefined if access is open or the route is public. */
    principal?: Principal | undefined
  }
}

/** Combines the roles of a principal. Role names that no longer exist grant nothing. */
export function principalOf(
  { name, roles, salespersonId }: { name: string; roles: readonly string[]; salespersonId: string | null },
  known: Roles,
): Principal {
  const rights = new Map<Right, 'all' | 'own'>()
  for (const role of roles.flatMap((one) => known.get(one) ?? [])) {
    for (const right of role.rights) if (rights.get(right) !== 'all') rights.set(right, role.ownOnly ? 'own' : 'all')
  }
  return { name: salespersonId ?? name, salespersonId, rights }
}
