import type { Roles } from './roles.ts'

/** How the API checks requests. */
export type AccessSettings =
  /** Anybody who reaches the API may do everything. */
  | { readonly mode: 'open' }
  /** Every request needs an API key or a token, unless its route is public. */
  | RequiredAccess

export interface RequiredAccess {
  readonly mode: 'required'
  readonly roles: Roles
  readonly tokens?: TokenSettings | undefined
  /** Requests that one key or token may make in a minute; 0: any number. */
  readonly requestsPerMinute: number
  /** Origins, other than its own, whose pages may call the API, such as `https://crm.bank.example`. */
  readonly origins: readonly string[]
}

/** Which JSON Web Tokens are accepted, and what their claims mean. */
export interface TokenSettings {
  /** Issuer to the letter, as in the claim `iss`. */
  readonly issuer: string
  readonly audience: string
  /** Address of the issuer’s keys; `undefined`: from its discovery document. */
  readonly jwksUrl: string | undefined
  /** Signature algorithms, all asymmetric. */
  readonly algorithms: readonly string[]
  readonly clockToleranceSeconds: number
  /** Claim with the name to record. */
  readonly nameClaim: string
  /** Claim with the roles, or the path to it with dots. */
  readonly rolesClaim: string
  /** Roles by value of the roles claim; `undefined`: the values are names of roles. */
  readonly roleOf: ReadonlyMap<string, string> | undefined
  /** Claim with the salesperson’s id. */
  readonly salespersonClaim: string
  /** Claim with the id of the team. */
  readonly teamClaim: string
}
