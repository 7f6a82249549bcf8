/** Every list of the API: filters, pages, and what stands in a line. */
import { apiUnderTest, type ApiUnderTest } from './api-under-test.ts'
import { NOW, people, storeWorld } from './stored-world.ts'

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
      ]) {
        expect(await get(`${url}?after=${after}`)).toMatchObject({
          status: 400,
          body: { type: '/problems/invalid-request', errors: [{ part: 'query', path: '/after' }] },
        })
      }
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

test('an opportunity has its name, its newest probability and its verdict', async () => {
  const { body } = await get('/opportunities?customerId=c-2')
  expect(body.items[0]).toMatchObject({
    customerName: '李伟',
    probability: 0.65,
    visitCount: 3,
    verdict: 'invalid',
    valueMinor: 24_000_000,
  })
})

test('of a dead letter the first kilobyte is shown', async () => {
  const { body } = await get('/dead-letters')
  expect(Buffer.from(body.items[0].value, 'base64')).toHaveLength(1_024)
  expect(body.items[0]).toMatchObject({ valueBytes: 3_000, key: Buffer.from('c-1').toString('base64'), offset: 99 })
})

test('rows and texts can be left out, and the score before a moment can be asked for', async () => {
  const { body } = await get('/scores?rows=false&task=conversion')
  expect(body.items).toHaveLength(3)
  for (const score of body.items) expect(Object.keys(score)).not.toEqual(expect.arrayContaining(['row']))
  const until = new Date(NOW - 7 * 86_400_000).toISOString()
  const history = await get(`/customers/c-1/scores?task=conversion&subjectId=o-c-1&until=${until}`)
  expect(history.body.items.map(({ probability }: { probability: number }) => probability)).toEqual([0.55, 0.35])
  expect(history.body.items[0]).toMatchObject({ text: people[0].text, row: { 'visits.count': 0 } })
  expect((await get('/customers/c-1/scores?until=yesterday')).status).toBe(400)
})

describe('priorities', () => {
  test('overall is what is shown first, best first', async () => {
    const { body } = await get('/priorities')
    expect(body).toMatchObject({ scope: 'overall', owner: 'all', openCount: 7, absent: null })
    expect(body.entries.map(({ place, customerName }: { place: number; customerName: string }) => [place, customerName])).toEqual(
      [
        [1, '王秀英'],
        [2, 'Nadja Petrova'],
        [3, '李伟'],
      ],
    )
  })
  test('of a salesperson', async () => {
    const { body } = await get('/priorities?scope=salesperson&owner=s-2')
    expect(body.entries).toMatchObject([{ opportunityId: 'o-c-2', product: 'working capital loan', verdict: 'invalid' }])
  })
  test('nobody’s list is not found, and no owner is wrong', async () => {
    expect(await get('/priorities?scope=team&owner=nobody')).toMatchObject({ status: 404, body: { type: '/problems/not-found' } })
    expect(await get('/priorities?scope=team')).toMatchObject({ status: 400, body: { errors: [{ path: '/owner' }] } })
  })
  test('whose lists there are', async () => {
    const { body } = await get('/priorities/owners')
    expect(body.items.map(({ scope, owner }: { scope: string; owner: string }) => `${scope}:${owner}`)).toEqual([
      'overall:all',
      'salesperson:s-1',
      'salesperson:s-2',
      'team:team-1',
    ])
  })
})

describe('a customer', () => {
  test('is told whole', async () => {
    const { body } = await get('/customers/c-1')
    expect(body).toMatchObject({
      customerId: 'c-1',
      name: '王秀英',
      source: 'simulator',
      timeZone: 'Asia/Shanghai',
      featureSet: 'customer@1',
    })
    expect(body.features[0]).toEqual({
      name: expect.any(String),
      meaning: expect.any(String),
      unit: expect.any(String),
      value: null,
    })
    expect(body.features[3].value).toBe(1.5)
    const conversion = body.scores.find(({ task }: { task: string }) => task === 'conversion')
    expect(conversion).toMatchObject({ probability: 0.75, modelId: 'model-1', inputTopic: 'visits', inputOffset: 7 })
    expect(conversion.row).toMatchObject({ 'visits.count': 0, 'visits.daysSinceFirst': null, 'visits.daysSinceLast': 2 })
    expect(body.visits.map(({ visitId }: { visitId: string }) => visitId)).toEqual(['v-c-1-2', 'v-c-1-7', 'v-c-1-12'])
    expect(body.opportunities).toHaveLength(1)
    expect(body.alerts).toMatchObject([{ kind: 'potential-loan-customer', raised: true }])
  })
  test('that nobody knows is not found', async () => {
    expect(await get('/customers/nobody')).toMatchObject({ status: 404, body: { type: '/problems/not-found' } })
  })
  test('with a strange name is no trouble', async () => {
    for (const name of ["'; drop table customers; --", '%', '客户/1', 'a'.repeat(1_000)]) {
      expect((await get(`/customers/${encodeURIComponent(name)}`)).status).toBe(404)
    }
  })
})

test('without a model the list of priorities says so', async () => {
  const empty = await apiUnderTest()
  try {
    const { entries, absent } = (await empty.server.inject({ url: '/priorities' })).json()
    expect({ entries, absent }).toEqual({ entries: [], absent: 'No model is released for conversion yet.' })
  } finally {
    await empty.close()
  }
})
