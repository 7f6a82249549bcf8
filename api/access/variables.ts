import { Type, type Static, type TObject } from 'typebox'

const text = (fallback: string, description: string) => Type.String({ default: fallback, description })
const optional = (description: string, options: { readonly pattern?: string } = {}) =>
  Type.Optional(Type.String({ minLength: 1, description, ...options }))

const ALGORITHM = '((RS|PS|ES)(256|384|512)|EdDSA)'
const ROLE = '[^=,]+=[a-z0-9-]+'

/** Variables of the configuration that say who may use the API. */
export const accessVariables = {
  ACCESS: Type.Union([Type.Literal('open'), Type.Literal('required')], {
    default: 'open',
    description:
      'Who may use the API. `open`: anybody on this machine, so `API_HOST` must be loopback; `required`: only with an API key or a token (docs/access.md).',
  }),
  ACCESS_ROLES_FILE: optional('JSON file with roles that replace the built-in ones of the same names, or add to them.'),
  API_REQUESTS_PER_MINUTE: Type.Integer({
    minimum: 0,
    default: 6_000,
    description:
      'Requests that one key or token may make in a minute at each process of the API; more are answered with 429. 0: any number. Events, webhooks and call systems are not limited.',
  }),
  API_CORS_ORIGINS: optional(
    'Origins whose pages may call the API beside its own, separated by commas, such as `https://crm.bank.example`. Needs `ACCESS=required`.',
    { pattern: '^https?://[^/,\\s]+(,https?://[^/,\\s]+)*$' },
  ),
  OIDC_ISSUER: optional(
    'Issuer of the JSON Web Tokens that are accepted beside API keys, to the letter as in their claim `iss`. Not set: none are.',
    { pattern: '^https?://' },
  ),
  OIDC_AUDIENCE: optional('Audience that tokens must name in their claim `aud`; needed with `OIDC_ISSUER`.'),
  OIDC_JWKS_URL: optional("Address of the issuer's keys. Not set: the one in its discovery document.", {
    pattern: '^https?://',
  }),
  OIDC_ALGORITHMS: Type.String({
    pattern: `^${ALGORITHM}(,${ALGORITHM})*$`,
    default: 'RS256,PS256,ES256,EdDSA',
    description: 'Signature algorithms of tokens, separated by commas; asymmetric ones only.',
  }),
  OIDC_NAME_CLAIM: text('sub', 'Claim of a token with the name that is recorded as the author of changes.'),
  OIDC_ROLES_CLAIM: text('roles', 'Claim with the roles, or the path to it with dots, such as `realm_access.roles`.'),
  OIDC_ROLES: Type.Optional(
    Type.String({
      pattern: `^${ROLE}(,${ROLE})*$`,
      description:
        'Roles by value of that claim, such as `bank-sales=salesperson,bank-it=administrator`; other values give no role. Not set: the values are names of roles.',
    }),
  ),
  OIDC_SALESPERSON_CLAIM: text(
    'salesperson_id',
    'Claim with the id of the salesperson that the holder of the token is.',
  ),
  OIDC_TEAM_CLAIM: text('team_id', 'Claim with the id of the team that the holder of the token leads.'),
  OIDC_CLOCK_TOLERANCE_SECONDS: Type.Integer({
    minimum: 0,
    maximum: 300,
    default: 30,
    description: "How far the issuer's clock may be off.",
  }),
}

type AccessVariables = Static<TObject<typeof accessVariables>>

const LOOPBACK = /^(localhost|\[?::1\]?|127(\.\d{1,3}){3})$/

/** Returns what is wrong with the variables together: settings that leave the API open, or its tokens unprotected. */
export function accessFaults(config: AccessVariables & { readonly API_HOST: string }): string[] {
  const { ACCESS, API_HOST, OIDC_ISSUER: issuer, OIDC_AUDIENCE: audience, OIDC_JWKS_URL: keys } = config
  const faults: string[] = []
  if (ACCESS === 'open' && !LOOPBACK.test(API_HOST))
    faults.push(
      `ACCESS and API_HOST: anybody in the network could do everything under ${API_HOST}. Set ACCESS=required, or leave API_HOST on loopback.`,
    )
  if (ACCESS === 'open' && config.API_CORS_ORIGINS !== undefined)
    faults.push('API_CORS_ORIGINS: while access is open, such a page could do everything. Set ACCESS=required.')
  if ((issuer === undefined) !== (audience === undefined))
    faults.push('OIDC_ISSUER and OIDC_AUDIENCE: set both or neither.')
  for (const [name, url] of Object.entries({ OIDC_ISSUER: issuer, OIDC_JWKS_URL: keys })) {
    if (url === undefined) continue
    if (!URL.canParse(url)) faults.push(`${name}: it is no address.`)
    else if (url.startsWith('http:') && !LOOPBACK.test(new URL(url).hostname))
      faults.push(`${name}: keys that arrive without TLS can be forged on the way. Use https.`)
  }
  return faults
}
