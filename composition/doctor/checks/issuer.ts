import { discoverKeys } from '../../../api/access/verify-token.ts'
import { error, ok, type Check } from '../check.ts'

const TIMEOUT_MS = 5_000

/** Reads the keys of the OpenID issuer, as the API does. */
export const issuer: Check = {
  name: 'openid issuer',
  async run({ config: { OIDC_ISSUER: address, OIDC_JWKS_URL: configured } }) {
    if (address === undefined) return [ok('None is configured.')]
    try {
      const url = configured ?? (await discoverKeys(address))
      const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) })
      const { keys } = (await response.json()) as { readonly keys?: readonly unknown[] }
      if (keys !== undefined && keys.length > 0) return [ok(`${address} has ${keys.length} keys.`)]
      throw new Error(`${url} has no keys`)
    } catch (thrown) {
      const advice =
        'Check OIDC_ISSUER and OIDC_JWKS_URL, and that this machine reaches the issuer: without keys no token is accepted.'
      return [error(`The keys of ${address} can't be read: ${(thrown as Error).message}.`, advice)]
    }
  },
}
