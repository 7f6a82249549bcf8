import { sql } from 'kysely'
import type { Database, Reader } from '../database.ts'
import type { PagePosition } from '../sql/page.ts'

/** An API key without its secret. */
export interface ApiKey {
  /** Public part of the key. */
  readonly id: string
  /** Holder of the key, recorded as the author of changes. */
  readonly name: string
  readonly roles: string[]
  /** The salesperson that the holder is; null if none. */
  readonly salespersonId: string | null
  /** The team that the holder leads; null if none. */
  readonly teamId: string | null
  readonly createdBy: string
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly revokedBy: string | null
  readonly revokedAt: Date | null
  /** Up to an hour behind the last use; null if never used. */
  readonly lastUsedAt: Date | null
}

/** An API key with the SHA-256 of its secret. */
export interface StoredApiKey extends ApiKey {
  readonly secretHash: Buffer
}

declare module '../tables.ts' {
  interface Tables {
    api_keys: Omit<StoredApiKey, 'createdAt'> & { readonly createdAt: GeneratedTime }
  }
}

const shown = [
  ...(['id', 'name', 'roles', 'salespersonId', 'teamId', 'createdBy'] as const),
  ...(['createdAt', 'expiresAt', 'revokedBy', 'revokedAt', 'lastUsedAt'] as const),
] as const

export type NewApiKey = Pick<
  StoredApiKey,
  'id' | 'name' | 'roles' | 'salespersonId' | 'teamId' | 'createdBy' | 'expiresAt' | 'secretHash'
>

export async function insertApiKey(database: Reader, key: NewApiKey): Promise<ApiKey> {
  const unused = { revokedBy: null, revokedAt: null, lastUsedAt: null }
  return database
    .insertInto('api_keys')
    .values({ ...key, ...unused })
    .returning(shown)
    .executeTakeFirstOrThrow()
}

/** Returns a key with its hash, whether or not it is still valid; `undefined` if there is none. */
export async function apiKeyById(database: Reader, id: string): Promise<StoredApiKey | undefined> {
  return database
    .selectFrom('api_keys')
    .select([...shown, 'secretHash'])
    .where('id', '=', id)
    .executeTakeFirst()
}

/** Lists keys, newest first, revoked and expired ones included. */
export async function listApiKeys(
  database: Reader,
  { name }: { readonly name?: string },
  { limit, after }: { readonly limit: number; readonly after?: PagePosition },
): Promise<ApiKey[]> {
  // Cursors hold milliseconds, and the database microseconds.
  const createdAt = sql<Date>`date_trunc('milliseconds', created_at)`
  let query = database.selectFrom('api_keys').select(shown).orderBy(createdAt, 'desc').orderBy('id').limit(limit)
  if (name !== undefined) query = query.where('name', '=', name)
  if (after !== undefined)
    query = query.where((is) =>
      is.or([is(createdAt, '<', after.at), is.and([is(createdAt, '=', after.at), is('id', '>', after.id)])]),
    )
  return query.execute()
}

/** Revokes a key and returns it; a key that was revoked before keeps its first revocation. `undefined`: no such key. */
export async function revokeApiKey(database: Database, id: string, revokedBy: string): Promise<ApiKey | undefined> {
  return database
    .updateTable('api_keys')
    .set({
      revokedBy: sql<string>`coalesce(revoked_by, ${revokedBy})`,
      revokedAt: sql<Date>`coalesce(revoked_at, now())`,
    })
    .where('id', '=', id)
    .returning(shown)
    .executeTakeFirst()
}

/** Notes that a key is in use. Writes once an hour per key, so that requests don’t each cost a write. */
export async function touchApiKey(database: Reader, id: string): Promise<void> {
  await database
    .updateTable('api_keys')
    .set({ lastUsedAt: sql<Date>`now()` })
    .where('id', '=', id)
    .where((is) => is.or([is('lastUsedAt', 'is', null), is('lastUsedAt', '<', sql<Date>`now() - interval '1 hour'`)]))
    .execute()
}
