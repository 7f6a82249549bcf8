/**
 * An OpenID provider in a process of its own, since it does not run in the test environment. The first argument is its
 * private signing key as JSON (ES256), the second the audience of its tokens. It prints its issuer and runs until it is
 * killed.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider, { type JWK } from 'oidc-provider'

const [key = '', audience = ''] = process.argv.slice(2)

const server = createServer()
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'crm',
        client_secret: 'secret-of-the-crm',
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
        id_token_signed_response_alg: 'ES256',
      },
    ],
    jwks: { keys: [JSON.parse(key) as JWK] },
    clientBasedCORS: () => false,
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: 'api',
          audience,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'ES256' } },
        }),
      },
    },
    extraTokenClaims: () => ({ realm_access: { roles: ['bank-sales', 'unknown here'] }, salesperson_id: 's-1' }),
  })
  const answer = provider.callback()
  server.on('request', (request, response) => void answer(request, response))
  process.stdout.write(`${issuer}\n`)
})
