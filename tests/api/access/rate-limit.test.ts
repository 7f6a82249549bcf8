import { makeKey } from '../../../api/access/make-key.ts'
import { builtInRoles } from '../../../api/access/roles.ts'
import { apiUnderTest, requiredAccess, type ApiUnderTest } from '../api-under-test.ts'

const MAX = 5

let api: ApiUnderTest
let keys: readonly string[]
beforeAll(async () => {
  api = await apiUnderTest({ access: requiredAccess(builtInRoles, { requestsPerMinute: MAX }) })
  const made = ['first', 'second'].map((name) =>
    makeKey(api.database, {
      name,
      roles: ['administrator'],
      salespersonId: null,
      teamId: null,
      days: 1,
      createdBy: 'security',
    }),
  )
  keys = (await Promise.all(made)).map(({ text }) => text)
})
afterAll(() => api.close())

const get = (url: string, key?: string) =>
  api.server.inject({ url, headers: key === undefined ? {} : { authorization: `Bearer ${key}` } })

test('a key has its number of requests a minute over all routes, and the others keep theirs', async () => {
  for (let number = 1; number <= MAX; number++) {
    const { statusCode, headers } = await get(number % 2 === 0 ? '/status' : '/alerts', keys[0])
    expect([statusCode, Number(headers['ratelimit-remaining'])]).toEqual([200, MAX - number])
  }
  const refused = await get('/visits', keys[0])
  expect(refused.statusCode).toBe(429)
  expect(refused.headers['content-type']).toMatch('application/problem+json')
  expect(refused.json()).toMatchObject({
    type: '/problems/too-many-requests',
    detail: expect.stringMatching(/^More than 5 requests in a minute\. Go on in \d+ s\.$/) as string,
  })
  const seconds = Number(refused.headers['retry-after'])
  expect(seconds).toBeGreaterThan(0)
  expect(seconds).toBeLessThanOrEqual(60)
  expect((await get('/visits', keys[1])).statusCode).toBe(200)
})

test('a key that has made its requests still sends events and reads what is public', async () => {
  for (let number = 0; number <= MAX; number++) await get('/status', keys[0])
  expect((await get('/status', keys[0])).statusCode).toBe(429)
  expect((await get('/health')).statusCode).toBe(200)
  const sent = await api.server.inject({
    method: 'POST',
    url: '/events/visits',
    headers: { authorization: `Bearer ${keys[0]!}` },
    payload: {
      ...{ id: 'v', occurredAt: 1_700_000_000_000, source: 'crm', visitId: 'v', opportunityId: 'o', customerId: 'c' },
      ...{ salespersonId: 's', text: 'ok' },
    },
  })
  expect(sent.statusCode).toBe(202)
})
