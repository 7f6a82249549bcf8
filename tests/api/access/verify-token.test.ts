/** Tokens of a real OpenID provider, and forged ones. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWK } from 'jose'
import { tokenVerifier } from '../../../api/access/verify-token.ts'
import type { TokenSettings } from '../../../api/access/settings.ts'

const audience = 'https://scoreline.bank.example'
let issuer: string
let provider: ChildProcess
let keys: { readonly privateKey: CryptoKey; readonly publicKey: CryptoKey }
let settings: TokenSettings

beforeAll(async () => {
  keys = await generateKeyPair('ES256', { extractable: true })
  const key = JSON.stringify({ ...(await exportJWK(keys.privateKey)), kid: 'signing', alg: 'ES256', use: 'sig' })
  provider = spawn('node', [join(import.meta.dirname, 'openid-provider.ts'), key, audience], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [line] = (await once(provider.stdout!, 'data')) as [Buffer]
  issuer = line.toString().trim()
  settings = {
    issuer,
    audience,
    jwksUrl: undefined,
    algorithms: ['ES256', 'RS256'],
    clockToleranceSeconds: 5,
    nameClaim: 'sub',
    rolesClaim: 'realm_access.roles',
    roleOf: new Map([['bank-sales', 'salesperson']]),
    salespersonClaim: 'salesperson_id',
    teamClaim: 'team_id',
  }
}, 30_000)
afterAll(async () => {
  provider.kill()
  await once(provider, 'exit')
})

async function issuedToken(): Promise<string> {
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from('crm:secret-of-the-crm').toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'grant_type=client_credentials&scope=api',
  })
  return ((await response.json()) as { access_token: string }).access_token
}

/** Returns claims as the provider issues them. */
function claims(changes: Readonly<Record<string, unknown>> = {}) {
  const now = Math.floor(Date.now() / 1_000)
  return { iss: issuer, aud: audience, sub: 'crm', iat: now, exp: now + 60, ...changes }
}

function signed(
  payload: Readonly<Record<string, unknown>>,
  key: CryptoKey | Uint8Array | JWK = keys.privateKey,
  header: { alg: string; kid?: string; jwk?: JWK } = { alg: 'ES256', kid: 'signing' },
): Promise<string> {
  return new SignJWT(payload).setProtectedHeader(header).sign(key)
}

test('a token of the provider names its holder, their roles and the salesperson', async () => {
  const identity = await tokenVerifier(settings)(await issuedToken())
  expect(identity).toEqual({ name: 'crm', roles: ['salesperson'], salespersonId: 's-1', teamId: null })
})

test('without a mapping the claim names roles; a claim that is missing gives none', async () => {
  const verify = tokenVerifier({ ...settings, rolesClaim: 'https://bank.example/roles', roleOf: undefined })
  const token = await signed(claims({ 'https://bank.example/roles': 'viewer' }))
  expect(await verify(token)).toEqual({ name: 'crm', roles: ['viewer'], salespersonId: null, teamId: null })
  expect(await verify(await signed(claims()))).toMatchObject({ roles: [] })
})

test('a token may name the team, by an id that is a text', async () => {
  const verify = tokenVerifier({ ...settings, teamClaim: 'bank.team' })
  expect(await verify(await signed(claims({ bank: { team: 'team-1' } })))).toMatchObject({ teamId: 'team-1' })
  await expect(verify(await signed(claims({ bank: { team: ['team-1'] } })))).rejects.toThrow(
    'The claim bank.team of the token is no team’s id.',
  )
})

test('a token within the clock tolerance is accepted', async () => {
  const now = Math.floor(Date.now() / 1_000)
  expect(await tokenVerifier(settings)(await signed(claims({ exp: now - 2 })))).toMatchObject({ name: 'crm' })
})

describe('refused', () => {
  const now = Math.floor(Date.now() / 1_000)
  const header = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const forgeries: Readonly<Record<string, () => Promise<string> | string>> = {
    'signed by another key under the same key id': async () =>
      signed(claims(), (await generateKeyPair('ES256')).privateKey),
    'signed by a key that the token brings': async () => {
      const own = await generateKeyPair('ES256', { extractable: true })
      return signed(claims(), own.privateKey, { alg: 'ES256', jwk: await exportJWK(own.publicKey) })
    },
    'of an unknown key id': () => signed(claims(), keys.privateKey, { alg: 'ES256', kid: 'another' }),
    expired: () => signed(claims({ exp: now - 60 })),
    'without an expiry': () => signed(claims({ exp: undefined })),
    'not valid yet': () => signed(claims({ nbf: now + 3_600 })),
    'for another audience': () => signed(claims({ aud: 'https://other.bank.example' })),
    'without an audience': () => signed(claims({ aud: undefined })),
    'of another issuer': () => signed(claims({ iss: 'https://evil.example' })),
    'without a name': () => signed(claims({ sub: undefined })),
    'without a signature (alg none)': () => new UnsecuredJWT(claims()).encode(),
    'with a signature cut off': async () => `${(await signed(claims())).split('.').slice(0, 2).join('.')}.`,
    'with other claims under a true signature': async () => {
      const [head, , signature] = (await issuedToken()).split('.')
      return `${head}.${header(claims({ sub: 'administrator' }))}.${signature}`
    },
    'signed by HS256 with the public key as the secret': async () =>
      signed(claims(), new TextEncoder().encode(await exportSPKI(keys.publicKey)), { alg: 'HS256', kid: 'signing' }),
    'of an asymmetric algorithm that is not allowed': async () =>
      signed(claims(), (await generateKeyPair('EdDSA')).privateKey, { alg: 'EdDSA', kid: 'signing' }),
    'no token at all': () => 'abc',
  }
  test.each(Object.keys(forgeries))('%s', async (kind) => {
    const token = await forgeries[kind]!()
    await expect(tokenVerifier(settings)(token)).rejects.toMatchObject({ kind: 'not-authenticated' })
  })
})

test('an issuer that can’t be reached, or that is another one, is not the fault of the token', async () => {
  const token = await signed(claims())
  const unreachable = tokenVerifier({ ...settings, jwksUrl: `${issuer}/nothing` })
  await expect(unreachable(token)).rejects.toMatchObject({ kind: 'unavailable' })
  const other = tokenVerifier({ ...settings, issuer: issuer.replace('127.0.0.1', 'localhost') })
  await expect(other(token)).rejects.toMatchObject({
    kind: 'unavailable',
    message: expect.stringContaining('is of the issuer') as string,
  })
})
