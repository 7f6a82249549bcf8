import { insertApiKey, type ApiKey } from '../../store/access/api-keys.ts'
import type { Reader } from '../../store/database.ts'
import { DAY_MS } from '../../schemas/durations.ts'
import type { Scope } from '../http/access.ts'
import { generateKey } from './api-key.ts'
import type { Roles } from './roles.ts'

export const KEY_DAYS_MAX = 366
export const KEY_DAYS_DEFAULT = 90

/** A request for a new key. */
export interface KeyRequest {
  readonly name: string
  readonly roles: readonly string[]
  readonly salespersonId: string | null
  readonly teamId: string | null
  /** Days until it expires. */
  readonly days: number
  readonly createdBy: string
}

/** Returns why a key can’t be made as requested; `undefined` if it can. */
export function keyFault(
  { roles: names, salespersonId, teamId }: Pick<KeyRequest, 'roles' | 'salespersonId' | 'teamId'>,
  roles: Roles,
): string | undefined {
  const unknown = names.filter((name) => !roles.has(name))
  if (unknown.length > 0) return `There is no role ${unknown.join(', ')}. There are: ${[...roles.keys()].join(', ')}.`
  const withScope = (scope: Scope) => names.find((name) => roles.get(name)!.scope === scope)
  const own = withScope('own')
  if (own !== undefined && salespersonId === null)
    return `The role ${own} extends only to the salesperson’s own objects, so the key must name the salesperson.`
  const team = withScope('team')
  if (team !== undefined && teamId === null)
    return `The role ${team} extends only to the objects of a team, so the key must name the team.`
  return undefined
}

/** Makes a key. `text` is the whole key, which can’t be shown again. */
export async function makeKey(
  database: Reader,
  { name, roles, salespersonId, teamId, days, createdBy }: KeyRequest,
): Promise<{ readonly key: ApiKey; readonly text: string }> {
  const { text, id, secretHash } = generateKey()
  const expiresAt = new Date(Date.now() + days * DAY_MS)
  const held = { name, roles: [...new Set(roles)], salespersonId, teamId, createdBy, expiresAt }
  return { key: await insertApiKey(database, { id, secretHash, ...held }), text }
}
