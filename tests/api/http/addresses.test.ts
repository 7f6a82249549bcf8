/** Errors that a client can make in the address. */
import { apiUnderTest, type ApiUnderTest } from '../api-under-test.ts'
import { storeWorld } from '../stored-world.ts'

let api: ApiUnderTest

beforeAll(async () => {
  api = await apiUnderTest()
  await storeWorld(api.database)
})
afterAll(() => api.close())

const routes = [
  '/customers/ID',
  '/customers/ID/scores',
  '/customers/ID/recommendations',
  '/customers/ID/interests',
  '/opportunities/ID/why',
  '/calls/ID/turns',
  '/thresholds/ID',
  '/policies/ID',
  '/policies/ID/state',
  '/needs/ID',
  '/characteristics/ID',
  '/problems/ID',
  '/schemas/ids/ID',
  '/subjects/ID/versions',
  '/subjects/ID/versions/ID',
  '/subjects/visits-value/versions/ID',
  '/config/ID',
  '/ID',
]

const ask = async (url: string) => {
  const answer = await api.server.inject({ url })
  return { status: answer.statusCode, type: answer.headers['content-type'], body: answer.json() }
}

describe.each(routes)('%s', (route) => {
  test.each(['%ff', '%', '%zz', '%c9%cf%ba%a3', '%ed%a0%80', 'a%00b', '%00'])('%s is no name', async (id) => {
    expect(await ask(route.replaceAll('ID', id))).toMatchObject({
      status: 400,
      type: 'application/problem+json',
      body: { type: '/problems/invalid-request' },
    })
    expect(api.errors).toEqual([])
  })

  test.each([
    'x'.repeat(3_000),
    encodeURIComponent('客'.repeat(900)),
    '%2e%2e%2f%2e%2e',
    '%F0%9F%98%80',
    "'%22;--",
    '%25ff',
    '__proto__',
    'constructor',
    '%7f%01',
  ])('%s names nothing', async (id) => {
    // A list without entries is still a list.
    const ends = route === '/customers/ID/scores' ? [200, 400] : [400, 404, 409, 422]
    expect(ends).toContain((await ask(route.replaceAll('ID', id))).status)
    expect(api.errors).toEqual([])
  })
})

describe.each([
  '/customers?query=X',
  '/scores?customerId=X',
  '/alerts?after=X',
  '/opportunities?teamId=X',
  '/nothing?x=X',
])('%s', (url) => {
  test.each(['%ff', '%', '%u738b', '%c9%cf', '%ed%a0%80', '%00', 'a%00'])('%s is no value', async (value) => {
    expect(await ask(url.replace('X', value))).toMatchObject({
      status: 400,
      type: 'application/problem+json',
      body: { errors: [{ part: 'query', problem: expect.any(String) }] },
    })
  })
})

test.each([
  '/alerts?limit=true',
  '/alerts?limit=',
  '/alerts?limit=0x10',
  '/alerts?limit=%201',
  '/alerts?limit=1e999',
  '/alerts?limit=10&limit=20',
  '/alerts?raised=1',
  '/alerts?raised=yes',
  '/scores?rows=null',
  '/dictionary?version=true',
  '/dictionary?version=1.5',
  '/scores?customerId=a&customerId=b',
  '/alerts?__proto__=1',
  '/customers/c-1/scores?until=2026-02-30T00:00:00Z',
  '/customers/c-1/scores?until=2026-01-01T00:00:60Z',
  '/customers/c-1/scores?until=2026-01-01',
])('%s is refused', async (url) => {
  expect(await ask(url)).toMatchObject({ status: 400, body: { errors: [{ part: 'query' }] } })
  expect(api.errors).toEqual([])
})

test('a time at the ends of the calendar is a time', async () => {
  for (const year of ['0001', '9999'])
    expect(await ask(`/customers/c-1/scores?until=${year}-01-01T00:00:00Z`)).toMatchObject({ status: 200 })
})

test('numbers and truth values of a query are those of JSON', async () => {
  expect(await ask('/alerts?limit=1e1&raised=true')).toMatchObject({ status: 200 })
})

test('a flood of parameters is refused', async () => {
  const many = Array.from({ length: 5_000 }, (_, index) => `a${index}=1`).join('&')
  expect(await ask(`/alerts?${many}`)).toMatchObject({
    status: 400,
    body: { detail: expect.stringMatching('more than 64 parameters') },
  })
})
