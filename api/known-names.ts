import type { BucketNames } from '../features/reasons.ts'
import type { Database } from '../store/database.ts'
import { opportunityProducts, someOrganisations, viewedItems } from '../store/recommendations/known-names.ts'
import type { StoredOrganisation } from '../store/recommendations/organisations.ts'
import type { HashedNames } from './ports.ts'

/**
 * The names behind hashed features, by feature: the subject's own names, or else the names that are common among all
 * customers.
 */
export interface KnownNames {
  /** `own`: the things that the customer looked at. */
  ofViewedItems(own: readonly string[]): Promise<BucketNames>
  ofOrganisation(own: StoredOrganisation): Promise<BucketNames>
}

/** Cache time: new names are rare. */
const CACHE_MS = 600_000

export function createKnownNames(database: Database, hashed: HashedNames): KnownNames {
  const cachedItems = cached(async () => hashed.ofViewedItems(await viewedItems(database)))
  const organisations = cached(async () => {
    const [some, products] = await Promise.all([someOrganisations(database), opportunityProducts(database)])
    return hashed.ofOrganisations(some, products)
  })
  return {
    ofViewedItems: async (own) => new Map([...(await cachedItems()), ...hashed.ofViewedItems(own)]),
    ofOrganisation: async (own) => new Map([...(await organisations()), ...hashed.ofOrganisations([own], [])]),
  }
}

/** Caches the result of `read` for `CACHE_MS`; a failed read is not cached. */
function cached<T>(read: () => Promise<T>): () => Promise<T> {
  let entry: { readonly value: Promise<T>; readonly at: number } | undefined
  return () => {
    const now = performance.now()
    if (entry === undefined || now - entry.at > CACHE_MS) {
      const value = read()
      entry = { value, at: now }
      value.catch(() => (entry = undefined))
    }
    return entry.value
  }
}
