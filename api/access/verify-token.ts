import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose'
import { ProblemError } from '../http/problem.ts'
import type { Identity } from './identity.ts'
import type { TokenSettings } from './settings.ts'

const KEYS_AGE_MS_MAX = 600_000
/** Shortest time between two reads of the issuer’s keys, so that unknown key ids can’t flood it. */
const KEYS_COOLDOWN_MS = 30_000
const TIMEOUT_MS = 5_000
const NAME_LENGTH_MAX = 200

/** Codes of errors that are faults of the token; others are faults of the issuer’s server or of the network. */
const OF_TOKEN = /^ERR_(JWT|JWS|JWKS_NO_MATCHING|JWKS_MULTIPLE|JOSE_ALG_NOT_ALLOWED|JOSE_NOT_SUPPORTED)/

/**
 * Returns a function that verifies a JSON Web Token (RFC 7519) of an OpenID provider and reads its identity. It rejects
 * with the problem `not-authenticated`, or with `unavailable` if the issuer’s keys can’t be read.
 */
export function tokenVerifier(settings: TokenSettings): (token: string) => Promise<Identity> {
  const { issuer, audience, algorithms, clockToleranceSeconds: clockTolerance } = settings
  let keys: JWTVerifyGetKey | undefined
  return async (token) => {
    try {
      keys ??= createRemoteJWKSet(new URL(settings.jwksUrl ?? (await discoverKeys(issuer))), {
        ...{ cacheMaxAge: KEYS_AGE_MS_MAX, cooldownDuration: KEYS_COOLDOWN_MS, timeoutDuration: TIMEOUT_MS },
      })
      const checks = { issuer, audience, algorithms: [...algorithms], clockTolerance, requiredClaims: ['exp'] }
      const { payload } = await jwtVerify(token, keys, checks)
      return identityOf(payload, settings)
    } catch (error) {
      if (error instanceof ProblemError) throw error
      if (error instanceof errors.JOSEError && OF_TOKEN.test(error.code))
        throw new ProblemError('not-authenticated', faultOf(error))
      throw new ProblemError(
        'unavailable',
        `The keys of ${issuer} can’t be read, so tokens can’t be verified: ${(error as Error).message}`,
      )
    }
  }
}

/** Reads the address of the keys from the issuer’s discovery document (OpenID Connect Discovery 1.0). */
export async function discoverKeys(issuer: string): Promise<string> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) })
  if (!response.ok) throw new Error(`${url} answers with ${response.status}`)
  const { issuer: named, jwks_uri: keys } = (await response.json()) as { issuer?: unknown; jwks_uri?: unknown }
  if (named !== issuer) throw new Error(`${url} is of the issuer ${JSON.stringify(named)}`)
  if (typeof keys !== 'string') throw new Error(`${url} has no jwks_uri`)
  return keys
}

/** Describes what is wrong with a token. Claims are checked after the signature, so a forger learns nothing of them. */
function faultOf(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return 'The token has expired.'
  if (error instanceof errors.JWTClaimValidationFailed) return `The claim ${error.claim} of the token is not accepted.`
  return 'The token is not valid here.'
}

function identityOf(payload: JWTPayload, settings: TokenSettings): Identity {
  const { nameClaim, rolesClaim, roleOf, salespersonClaim, teamClaim } = settings
  const name = claimOf(payload, nameClaim)
  if (!isName(name)) throw new ProblemError('not-authenticated', `The token has no name in the claim ${nameClaim}.`)
  const salespersonId = idOf(payload, salespersonClaim, 'salesperson')
  const teamId = idOf(payload, teamClaim, 'team')
  const values = [claimOf(payload, rolesClaim) ?? []].flat().filter((value) => typeof value === 'string')
  const roles = roleOf === undefined ? values : values.flatMap((value) => roleOf.get(value) ?? [])
  return { name, roles, salespersonId, teamId }
}

/** Returns the id in a claim; null if the token does not have it. */
function idOf(payload: JWTPayload, claim: string, kind: 'salesperson' | 'team'): string | null {
  const id = claimOf(payload, claim) ?? null
  if (id === null || isName(id)) return id
  throw new ProblemError('not-authenticated', `The claim ${claim} of the token is no ${kind}’s id.`)
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && /\S/.test(value) && value.length <= NAME_LENGTH_MAX && !value.includes('\0')
}

/** Returns a claim by its name, or by a path with dots such as `realm_access.roles`. */
function claimOf(payload: JWTPayload, name: string): unknown {
  if (Object.hasOwn(payload, name)) return payload[name]
  let value: unknown = payload
  for (const part of name.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined
    value = (value as Readonly<Record<string, unknown>>)[part]
  }
  return value
}
