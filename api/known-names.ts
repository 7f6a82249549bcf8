import type { NamesBehind } from '../features/reasons.ts'
import type { Database } from '../store/database.ts'
import { productsTalkedOf, someOrganisations, thingsLookedAt } from '../store/recommendations/known-names.ts'
import type { StoredOrganisation } from '../store/recommendations/organisations.ts'
import type { HashedNames } from './ports.ts'

/**
 * The names behind hashed features, by feature: the subject's own names, or else the names that are common among all
 * customers.
 */
export interface KnownNames {
  /** `own`: the things that the customer looked at. */
  ofThings(own: readonly string[]): Promise<NamesBehind>
  ofOrganisation(own: StoredOrganisation): Promise<NamesBehind>
}

/** Cache time: new names are rare. */
const KEPT_MS = 600_000

export function createKnownNames(database: Database, hashed: HashedNames): KnownNames {
  const things = kept(async () => hashed.ofThings(await thingsLookedAt(database)))
  const organisations = kept(async () => {
    const [some, products] = await Promise.all([someOrganisations(database), productsTalkedOf(database)])
    return hashed.ofOrganisations(some, products)
  })
  return {
    ofThings: async (own) => new Map([...(await things()), ...hashed.ofThings(own)]),
    ofOrganisation: async (own) => new Map([...(await organisations()), ...hashed.ofOrganisations([own], [])]),
  }
}

/** Caches the result of `read` for `KEPT_MS`; a failed read is not cached. */
function kept<T>(read: () => Promise<T>): () => Promise<T> {
  let held: { readonly value: Promise<T>; readonly at: number } | undefined
  return () => {
    const now = performance.now()
    if (held === undefined || now - held.at > KEPT_MS) {
      const value = read()
      held = { value, at: now }
      value.catch(() => (held = undefined))
    }
    return held.value
  }
}
