import { makeKey } from '../../../api/access/make-key.ts'
import { builtInRoles } from '../../../api/access/roles.ts'
import { apiUnderTest, requiredAccess, type ApiUnderTest } from '../api-under-test.ts'

const CRM = 'https://crm.bank.example'

let api: ApiUnderTest
let key: string
beforeAll(async () => {
  api = await apiUnderTest({ access: requiredAccess(builtInRoles, { origins: [CRM, 'https://bi.bank.example'] }) })
  const wanted = {
    name: 'crm',
    roles: ['controller'],
    salespersonId: null,
    teamId: null,
    days: 1,
    createdBy: 'security',
  }
  key = (await makeKey(api.database, wanted)).text
})
afterAll(() => api.close())

const preflight = (origin: string) =>
  api.server.inject({
    method: 'OPTIONS',
    url: '/settings/thresholds/loan-demand',
    headers: { origin, 'access-control-request-method': 'PUT', 'access-control-request-headers': 'if-match' },
  })
const snooze = (origin: string) =>
  api.server.inject({
    method: 'POST',
    url: '/deliveries/redrive',
    headers: { origin, authorization: `Bearer ${key}` },
    payload: {},
  })

test('a page of a configured origin is allowed by the preflight, without a credential, and then reads answers', async () => {
  const asked = await preflight(CRM)
  expect([asked.statusCode, asked.headers['access-control-allow-origin']]).toEqual([204, CRM])
  expect(asked.headers['access-control-allow-methods']).toContain('PUT')
  expect(asked.headers['access-control-allow-headers']).toContain('authorization')
  expect(asked.headers['access-control-allow-credentials']).toBeUndefined()
  const answer = await api.server.inject({ url: '/visits', headers: { origin: CRM, authorization: `Bearer ${key}` } })
  expect([answer.statusCode, answer.headers['access-control-allow-origin']]).toEqual([200, CRM])
  expect(answer.headers['access-control-expose-headers']).toContain('etag')
  expect(answer.headers['vary']).toContain('Origin')
})

test('a page of a configured origin may change things with a key, and is refused without one', async () => {
  expect((await snooze(CRM)).statusCode).not.toBe(403)
  const without = await api.server.inject({ url: '/visits', headers: { origin: CRM } })
  expect([without.statusCode, without.headers['access-control-allow-origin']]).toEqual([401, CRM])
})

test.each(['https://evil.example', `${CRM}.evil.example`, 'http://crm.bank.example', 'null'])(
  'a page of %s gets no permission, and changes nothing',
  async (origin) => {
    expect((await preflight(origin)).headers['access-control-allow-origin']).toBeUndefined()
    const refused = await snooze(origin)
    expect([refused.statusCode, refused.headers['access-control-allow-origin']]).toEqual([403, undefined])
  },
)

test('unless origins are configured the API answers no preflight', async () => {
  const plain = await apiUnderTest()
  const asked = await plain.server.inject({
    method: 'OPTIONS',
    url: '/visits',
    headers: { origin: CRM, 'access-control-request-method': 'GET' },
  })
  expect([asked.statusCode, asked.headers['access-control-allow-origin']]).toEqual([403, undefined])
  await plain.close()
})
