import { error, ok, type Check } from '../check.ts'

const TIMEOUT_MS = 5_000

export const registry: Check = {
  name: 'schema registry',
  async run({ config }) {
    const address = config.SCHEMA_REGISTRY_URL
    if (address === undefined) return [ok('None is configured; the API serves the schemas.')]
    const { username, password, origin, pathname } = new URL(address)
    const url = `${origin}${pathname.replace(/\/$/, '')}/subjects`
    const login = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')
    const headers: Record<string, string> = username === '' ? {} : { authorization: `Basic ${login}` }
    const advice = 'Check SCHEMA_REGISTRY_URL, its user and password, and that the registry runs.'
    try {
      const response = await fetch(url, { headers, signal: AbortSignal.timeout(TIMEOUT_MS) })
      if (!response.ok) return [error(`${url} answers with ${response.status}.`, advice)]
      return [ok(`${url} answers with ${((await response.json()) as unknown[]).length} subjects.`)]
    } catch (thrown) {
      return [error(`${url} does not answer: ${(thrown as Error).message}`, advice)]
    }
  },
}
