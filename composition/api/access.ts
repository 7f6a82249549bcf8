import { readFileSync } from 'node:fs'
import { builtInRoles, parseRoles, type Roles } from '../../api/access/roles.ts'
import { mappingOf, namesOf } from '../../api/access/lists.ts'
import type { AccessSettings, TokenSettings } from '../../api/access/settings.ts'
import type { Config } from '../../config.ts'

/** Returns the roles, with those of `ACCESS_ROLES_FILE`. Throws an error that names the file and what is wrong with it. */
export function rolesOf({ ACCESS_ROLES_FILE: file }: Pick<Config, 'ACCESS_ROLES_FILE'>): Roles {
  if (file === undefined) return builtInRoles
  try {
    return parseRoles(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new Error(`ACCESS_ROLES_FILE ${file}: ${(error as Error).message}`, { cause: error })
  }
}

export function accessSettingsOf(config: Config): AccessSettings {
  if (config.ACCESS === 'open') return { mode: 'open' }
  return {
    mode: 'required',
    roles: rolesOf(config),
    tokens: tokenSettingsOf(config),
    requestsPerMinute: config.API_REQUESTS_PER_MINUTE,
    origins: namesOf(config.API_CORS_ORIGINS ?? ''),
  }
}

/** Returns a line for the log of a start: who may use the API. */
export function accessLine({ ACCESS, OIDC_ISSUER: issuer }: Config): string {
  if (ACCESS === 'open')
    return 'Access is open: anybody on this machine may read and change everything. ACCESS=required asks for keys (docs/access.md)'
  return `Access is required: by API key (\`scoreline keys create\`)${issuer === undefined ? '' : `, or by a token of ${issuer}`}`
}

function tokenSettingsOf(config: Config): TokenSettings | undefined {
  const { OIDC_ISSUER: issuer, OIDC_AUDIENCE: audience } = config
  if (issuer === undefined || audience === undefined) return undefined
  return {
    issuer,
    audience,
    jwksUrl: config.OIDC_JWKS_URL,
    algorithms: namesOf(config.OIDC_ALGORITHMS),
    clockToleranceSeconds: config.OIDC_CLOCK_TOLERANCE_SECONDS,
    nameClaim: config.OIDC_NAME_CLAIM,
    rolesClaim: config.OIDC_ROLES_CLAIM,
    roleOf: config.OIDC_ROLES === undefined ? undefined : mappingOf(config.OIDC_ROLES),
    salespersonClaim: config.OIDC_SALESPERSON_CLAIM,
    teamClaim: config.OIDC_TEAM_CLAIM,
  }
}
