import { apiKeyById, touchApiKey, type StoredApiKey } from '../../store/access/api-keys.ts'
import type { Database } from '../../store/database.ts'
import { ProblemError } from '../http/problem.ts'
import { matchesHash } from './api-key.ts'
import type { Identity } from './identity.ts'

/** How long a process uses a key without reading it again; a revocation takes effect within this time. */
const KEY_AGE_MS_MAX = 10_000
/** Keys remembered at the same time. */
const KEYS_MAX = 10_000

export interface KeyVerifierOptions {
  readonly database: Database
  readonly logError: (message: string) => void
  /** ms since the epoch. */
  readonly now?: () => number
}

/** Returns a function that verifies the parts of an API key. It rejects with the problem `not-authenticated`. */
export function keyVerifier({ database, logError, now = Date.now }: KeyVerifierOptions) {
  const remembered = new Map<string, { readonly key: StoredApiKey; readonly readAt: number }>()
  return async ({ id, secret }: { readonly id: string; readonly secret: string }): Promise<Identity> => {
    const known = remembered.get(id)
    const isFresh = known !== undefined && now() - known.readAt < KEY_AGE_MS_MAX
    const key = isFresh ? known.key : await apiKeyById(database, id)
    // One answer for an unknown id and a wrong secret.
    if (key === undefined || !matchesHash(secret, key.secretHash))
      throw new ProblemError('not-authenticated', 'There is no such API key.')
    if (key.revokedAt !== null) throw new ProblemError('not-authenticated', 'The API key was revoked.')
    if (key.expiresAt.getTime() <= now()) throw new ProblemError('not-authenticated', 'The API key has expired.')
    if (!isFresh) {
      if (remembered.size >= KEYS_MAX) remembered.clear()
      remembered.set(id, { key, readAt: now() })
      // A database that takes no writes must not refuse reads.
      touchApiKey(database, id).catch((error: unknown) =>
        logError(`The use of the API key ${id} could not be noted: ${(error as Error).message}`),
      )
    }
    return key
  }
}
