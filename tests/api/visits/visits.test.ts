import { apiUnderTest, type ApiUnderTest } from '../api-under-test.ts'
import { NOW, storeWorld } from '../stored-world.ts'

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
const idsOf = async (query: string) =>
  (await get(`/visits?${query}`)).body.items.map(({ visitId }: { visitId: string }) => visitId)

test('a visit has its report, its circumstances, and the evidence against it', async () => {
  const { status, body } = await get('/visits/v-c-2-2')
  expect(status).toBe(200)
  expect(body).toMatchObject({
    visitId: 'v-c-2-2',
    customerName: '李伟',
    latitude: 30.27,
    checkInAt: new Date(NOW - 2 * 86_400_000).toISOString(),
    verdict: 'suspected_false',
    falseScore: 0.7,
    evidence: [{ kind: 'copied-text', with: 'v-c-2-7' }],
  })
  expect((await get('/visits/v-c-2-12')).body).toMatchObject({ verdict: 'fine', falseScore: 0, evidence: [] })
  expect((await get('/visits/v-nobody')).status).toBe(404)
})

test('the assessment of an opportunity sums up the evidence against its visits', async () => {
  const { items } = (await get('/assessments')).body
  const summaries = items.map(({ opportunityId, visits }: { opportunityId: string; visits: object }) => [
    opportunityId,
    visits,
  ])
  expect(Object.fromEntries(summaries)).toMatchObject({
    'o-c-2': { suspectedFalse: 1, invalid: 0, falseScoreMax: 0.7 },
    'o-c-3': { suspectedFalse: 0, invalid: 0, falseScoreMax: 0, invalidScoreMax: 0 },
  })
})

test('visits are narrowed by who, verdict, score and time', async () => {
  expect(await idsOf('customerId=c-2')).toEqual(['v-c-2-2', 'v-c-2-7', 'v-c-2-12'])
  expect(await idsOf('verdict=suspected_false')).toEqual(['v-c-2-2'])
  expect(await idsOf('minFalseScore=0.2')).toEqual(['v-c-2-2', 'v-c-1-7'])
  expect(await idsOf('customerId=c-2&verdict=fine')).toEqual(['v-c-2-7', 'v-c-2-12'])
  const [from, to] = [8, 3].map((days) => new Date(NOW - days * 86_400_000).toISOString())
  expect(await idsOf(`salespersonId=s-2&from=${from}&to=${to}`)).toEqual(['v-c-2-7'])
})

test('the known places of a customer, and a place suggested by visits on three days', async () => {
  const { body } = await get('/customers/c-2/places')
  expect(body.known).toMatchObject([{ placeId: 'p-1', name: 'head office', radiusM: 200 }])
  // One of the three visits is doubted.
  expect(body.proposed).toEqual([])
  expect((await get('/customers/c-3/places')).body).toEqual({
    known: [],
    proposed: [{ latitude: 30.27, longitude: 120.15, days: 3 }],
  })
})
