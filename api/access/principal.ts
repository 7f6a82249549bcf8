import { unscopedRights, type Right, type Scope } from '../http/access.ts'
import type { Identity } from './identity.ts'
import type { PersonalKinds } from './mask.ts'
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
  /** Personal data that is masked in what a right shows. */
  readonly masked: ReadonlyMap<Right, PersonalKinds>
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Who sends the request; undefined if access is open or the route is public. */
    principal?: Principal | undefined
  }
}

const widths: Readonly<Record<Scope | 'none', number>> = { none: 0, own: 1, team: 2, all: 3 }

/**
 * Combines the roles of a principal. Of the roles that grant a right, those with the widest scope count, and what one of
 * them shows is not masked. Role names that no longer exist grant nothing.
 */
export function principalOf({ name, roles, salespersonId, teamId }: Identity, known: Roles): Principal {
  const rights = new Map<Right, Scope>()
  const masked = new Map<Right, PersonalKinds>()
  for (const role of roles.flatMap((one) => known.get(one) ?? [])) {
    for (const right of role.rights) {
      const scope = unscopedRights.has(right) ? 'all' : role.scope
      const wider = widths[scope] - widths[rights.get(right) ?? 'none']
      if (wider < 0) continue
      rights.set(right, scope)
      const other = masked.get(right)
      const both = role.masked.filter((kind) => wider > 0 || other?.has(kind))
      masked.set(right, new Set(both))
    }
  }
  return { name: salespersonId ?? name, salespersonId, teamId, rights, masked }
}

/** Whether somebody may see raw records with customers’ data, which the right to operate the platform does not include. */
export function seesCustomers(principal: Principal | undefined): boolean {
  if (principal === undefined) return true
  const { rights, masked } = principal
  return rights.get('read-customers') === 'all' && masked.get('read-customers')!.size === 0
}
