import type { NamesBehind } from '../features/reasons.ts'
import type { Database } from '../store/database.ts'
import { productsTalkedOf, someOrganisations, thingsLookedAt } from '../store/recommendations/known-names.ts'
import type { StoredOrganisation } from '../store/recommendations/organisations.ts'
import type { HashedNames } from './ports.ts'

/**
 * The names behind hashed features, by feature: those of the subject itself, and where it has none, those that are
 * common here.
 */
export interface KnownNames {
  /** `own`: what the customer looked at. */
  ofThings(own: readonly string[]): Promise<NamesBehind>
  ofOrganisation(own: StoredOrganisation): Promise<NamesBehind>
}

/** New names come seldom. */
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

/** Read at most once in `KEPT_MS`; a reading that failed is not kept. */
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
