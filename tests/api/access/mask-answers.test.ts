/** What is masked for whom, on the whole API. */
import { makeKey } from '../../../api/access/make-key.ts'
import { parseRoles } from '../../../api/access/roles.ts'
import { unscopedRights, type Right } from '../../../api/http/access.ts'
import { personalKinds } from '../../../schemas/persons.ts'
import { alerts } from '../../../schemas/customers/alerts.ts'
import type { Topic } from '../../../schemas/topic.ts'
import { waitFor } from '../../support/services.ts'
import { apiUnderTest, requiredAccess, type ApiUnderTest } from '../api-under-test.ts'
import { alertOf, people, storeWorld } from '../stored-world.ts'
import { fieldsOf, type DescribedOperation } from './described-fields.ts'
import { notPersonal } from './not-personal.ts'

let api: ApiUnderTest
const keys: Record<string, string> = {}
const rights = ['read-customers', 'read-sales', 'operate']

beforeAll(async () => {
  const roles = { masked: { rights, masked: personalKinds }, open: { rights } }
  api = await apiUnderTest({ access: requiredAccess(parseRoles(JSON.stringify(roles))) })
  await storeWorld(api.database)
  for (const [name, held] of Object.entries({
    ...{ masked: ['masked'], open: ['open'], both: ['masked', 'open'], scientist: ['data-scientist'] },
    administrator: ['administrator'],
  })) {
    const holder = { name, roles: held, salespersonId: null, teamId: null, days: 1, createdBy: 'security' }
    keys[name] = (await makeKey(api.database, holder)).text
  }
})
afterAll(() => api.close())

const call = (key: string, url: string) =>
  api.server.inject({ url, headers: { authorization: `Bearer ${keys[key]!}` } })

async function operations(): Promise<[string, string, DescribedOperation][]> {
  const { paths } = (await call('administrator', '/openapi.json')).json<{
    paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>
  }>()
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]): [string, string, DescribedOperation] => [path, method, one]),
  )
}

test('every field that may hold personal data is marked, or was looked at', async () => {
  // Settings and models are no customers’, and who administers sees everything.
  const apart = new Set<string>([...unscopedRights, 'write-settings', 'release-models', 'administer', 'public'])
  const fields = (await operations()).flatMap(([path, , one]) =>
    apart.has(one['x-access']) ? [] : fieldsOf(path, one),
  )
  const marked = new Set(fields.flatMap(({ name, isMarked }) => (isMarked ? [name] : [])))
  expect(marked.size).toBeGreaterThan(20)
  // Other numbers say nothing of who somebody is.
  const numbers = new Set(['latitude', 'longitude', 'birthYear'])
  const unmarked = fields.filter(
    ({ name, isText, isMarked, isInMarked }) =>
      !isMarked && !isInMarked && (isText || marked.has(name) || numbers.has(name)),
  )
  const open = unmarked.filter(({ name, place }) =>
    marked.has(name) ? !notPersonal.places.includes(place) : !notPersonal.names.includes(name),
  )
  expect(open.map(({ place }) => place)).toEqual([])
  // Nothing stays on the lists that is not there any more.
  const names = new Set(unmarked.map(({ name }) => name))
  const places = new Set(unmarked.map(({ place }) => place))
  expect(notPersonal.names.filter((name) => !names.has(name) || marked.has(name))).toEqual([])
  expect(notPersonal.places.filter((place) => !places.has(place))).toEqual([])
})

test('no name, text, position or attribute of a customer leaves in any list, export or object', async () => {
  const secrets = [...people.flatMap(({ name, text }) => [name, text]), '30.27', 'shopkeeper', '杭州', '上海', '1980']
  const found = (body: string) => secrets.filter((secret) => body.includes(secret))
  const ids = { id: 'c-1', customerId: 'c-1', visitId: 'v-c-1-2', customer: 'c-1' }
  const seen = new Set<string>()
  for (const [path, method, { 'x-access': access }] of await operations()) {
    if (method !== 'get' || !(rights as Right[]).includes(access as Right) || path === '/live') continue
    const named = path.startsWith('/visits/')
      ? { id: 'v-c-1-2' }
      : path.startsWith('/salespeople/')
        ? { id: 's-1' }
        : ids
    const url = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => (named as Record<string, string>)[name] ?? 'x')
    const all = await call('open', url)
    for (const secret of found(all.body)) seen.add(secret)
    const { statusCode, body } = await call('masked', url)
    expect({ url, statusCode, found: found(body) }).toEqual({ url, statusCode: all.statusCode, found: [] })
  }
  // Without the mask all of them leave somewhere.
  expect(secrets.filter((secret) => !seen.has(secret))).toEqual([])
})

test('exports are masked like lists', async () => {
  const csv = (await call('masked', '/customers.csv')).body
  expect(csv).toContain('c-1,***,retail,***')
  expect((await call('masked', '/visits.ndjson')).body.trim().split('\n')).toHaveLength(9)
  expect(JSON.parse((await call('masked', '/visits.ndjson')).body.split('\n')[0]!)).toMatchObject({
    ...{ customerName: '***', text: '***', latitude: null, longitude: null },
  })
})

test('of several roles, what one of them shows is not masked', async () => {
  expect((await call('both', '/customers/c-1')).json()).toMatchObject({ name: people[0].name, birthYear: 1980 })
  const scientist = (await call('scientist', '/customers/c-1')).json<{ name: string; visits: { text: string }[] }>()
  expect(scientist.name).toBe('***')
  expect(scientist.visits[0]!.text).toBe(people[0].text)
})

test('a filter does not search what is masked', async () => {
  expect((await call('open', '/customers?query=Nadja')).json<{ items: object[] }>().items).toHaveLength(1)
  expect((await call('masked', '/customers?query=Nadja')).json()).toMatchObject({
    status: 403,
    detail: '`query` searches names of customers, which you may not see.',
  })
  expect((await call('masked', '/customers.csv?query=Nadja')).statusCode).toBe(403)
})

test('live updates are masked for each client as its role says', async () => {
  const address = await api.server.listen({ host: '127.0.0.1', port: 0 })
  const leaving = new AbortController()
  const open = async (key: string) => {
    const headers = { authorization: `Bearer ${keys[key]!}` }
    const { body } = await fetch(`${address}/live?topics=alerts`, { headers, signal: leaving.signal })
    return body!.pipeThrough(new TextDecoderStream()).getReader()
  }
  const readers = { masked: await open('masked'), open: await open('open') }
  await waitFor(() => api.listeners() === 1, { what: 'the streams' })
  for (const reader of Object.values(readers)) expect((await reader.read()).value).toContain('event: hello')
  api.emit({ topic: alerts as Topic, value: alertOf('c-3', 'potential-loan-customer', true) })
  expect((await readers.open.read()).value).toContain('"customerName":"Nadja Petrova"')
  expect((await readers.masked.read()).value).toContain('"customerName":"***"')
  leaving.abort()
})
