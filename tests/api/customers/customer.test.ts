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

describe('a customer', () => {
  test('is returned in full', async () => {
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
    expect(conversion.row).toMatchObject({
      'visits.count': 0,
      'visits.daysSinceFirst': null,
      'visits.daysSinceLast': 2,
    })
    expect(body.visits.map(({ visitId }: { visitId: string }) => visitId)).toEqual(['v-c-1-2', 'v-c-1-7', 'v-c-1-12'])
    expect(body.opportunities).toHaveLength(1)
    expect(body.alerts).toMatchObject([{ kind: 'potential-loan-customer', raised: true }])
  })
  test('is returned with the available data, though most is missing', async () => {
    await api.database.pool.query(
      `insert into visits (visit_id, revision, withdrawn, opportunity_id, customer_id, salesperson_id, text, occurred_at, source)
       values ('v-only', 1, false, 'o-only', 'visited-only', 's', 'A visit', '2026-01-01', 'crm')`,
    )
    const { status, body } = await get('/customers/visited-only')
    expect(status).toBe(200)
    expect(body).toMatchObject({ name: null, features: [], scores: [], alerts: [], assessments: [], opportunities: [] })
    expect(body.visits).toMatchObject([{ visitId: 'v-only' }])
  })
  test('that does not exist is not found', async () => {
    expect(await get('/customers/nobody')).toMatchObject({ status: 404, body: { type: '/problems/not-found' } })
  })
  test('with a strange name is no trouble', async () => {
    for (const name of ["'; drop table customers; --", '%', '客户/1', 'a'.repeat(1_000)]) {
      expect((await get(`/customers/${encodeURIComponent(name)}`)).status).toBe(404)
    }
  })
})
