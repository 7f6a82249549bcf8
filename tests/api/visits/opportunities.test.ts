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
