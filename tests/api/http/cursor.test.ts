/** Pages and filters of every list of the API. */
import { apiUnderTest, type ApiUnderTest } from '../api-under-test.ts'
import { storeWorld } from '../stored-world.ts'

let api: ApiUnderTest

beforeAll(async () => {
  api = await apiUnderTest()
  await storeWorld(api.database)
})
afterAll(() => api.close())

const get = async (url: string) => {
  const answer = await api.server.inject({ url })
  return { status: answer.statusCode, body: answer.json() }
}
const ids = async (url: string, name: string): Promise<string[]> => {
  const { status, body } = await get(url)
  expect(status).toBe(200)
  return body.items.map((item: Record<string, string>) => item[name])
}

describe('a list is read page by page', () => {
  test.each([
    ['/customers', 'customerId', 3],
    ['/scores', 'id', 7],
    ['/customers/c-1/scores', 'id', 5],
    ['/opportunities', 'opportunityId', 3],
    ['/assessments', 'opportunityId', 2],
    ['/alerts', 'id', 3],
    ['/dead-letters', 'id', 1],
  ])('%s', async (url, name, count) => {
    const whole = await ids(url, name)
    expect(new Set(whole).size).toBe(count)
    const read: string[] = []
    let after: string | null = ''
    let pages = 0
    do {
      const { body } = await get(`${url}?limit=2${after === '' ? '' : `&after=${encodeURIComponent(after!)}`}`)
      read.push(...body.items.map((item: Record<string, string>) => item[name]))
      after = body.next
      pages++
    } while (after !== null)
    expect(read).toEqual(whole)
    expect(pages).toBe(Math.max(1, Math.ceil(count / 2)))
  })

  test.each(['/scores', '/opportunities', '/assessments', '/alerts', '/dead-letters'])(
    '%s refuses a made-up cursor',
    async (url) => {
      for (const after of [
        'x',
        'bnVsbA',
        Buffer.from('["a",1]').toString('base64url'),
        Buffer.from('[1e99,"x"]').toString('base64url'),
        Buffer.from('[-8640000000000000,"x"]').toString('base64url'),
        Buffer.from('[0,"\\u0000"]').toString('base64url'),
      ]) {
        expect(await get(`${url}?after=${after}`)).toMatchObject({
          status: 404,
          body: { type: '/problems/not-found', errors: [{ part: 'query', path: '/after' }] },
        })
      }
    },
  )

  test.each(['/scores', '/opportunities', '/assessments', '/alerts', '/dead-letters'])(
    '%s refuses what can be no cursor',
    async (url) => {
      for (const after of ['', '%20', 'a.b', '%E7%8E%8B', 'x'.repeat(5_000)])
        expect(await get(`${url}?after=${after}`)).toMatchObject({
          status: 400,
          body: { type: '/problems/invalid-request', errors: [{ part: 'query', path: '/after' }] },
        })
    },
  )

  test.each(['limit=0', 'limit=501', 'limit=many', 'colour=red'])('?%s is refused', async (query) => {
    expect(await get(`/alerts?${query}`)).toMatchObject({ status: 400, body: { errors: [{ part: 'query' }] } })
  })
})

describe('filters', () => {
  test.each([
    ['/customers?query=%E7%8E%8B', 'customerId', ['c-1']],
    ['/customers?query=nadja', 'customerId', ['c-3']],
    ['/customers?query=c-2', 'customerId', ['c-2']],
    ['/customers?query=%25', 'customerId', []],
    ['/opportunities?salespersonId=s-2', 'opportunityId', ['o-c-2']],
    ['/opportunities?status=won', 'opportunityId', []],
    ['/opportunities?customerId=c-3&status=open', 'opportunityId', ['o-c-3']],
    ['/assessments?verdict=invalid', 'opportunityId', ['o-c-2']],
    ['/assessments?salespersonId=s-1', 'opportunityId', ['o-c-3']],
    ['/alerts?raised=true', 'kind', ['potential-loan-customer', 'invalid-visits']],
    ['/alerts?raised=false', 'kind', ['potential-loan-customer']],
    ['/alerts?kind=invalid-visits', 'customerId', ['c-2']],
    ['/scores?task=loan-demand&customerId=c-2', 'subjectId', ['c-2']],
    ['/dead-letters?code=INVALID', 'id', []],
    ['/dead-letters?topic=transactions&processor=customer-features', 'id', ['letter-1']],
  ])('%s', async (url, name, expected) => expect(await ids(url, name)).toEqual(expected))

  test('a verdict that does not exist is no empty list', async () =>
    expect(await get('/assessments?verdict=bad')).toMatchObject({ status: 400 }))
})
