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

test('of a dead letter the first kilobyte is shown', async () => {
  const { body } = await get('/dead-letters')
  expect(Buffer.from(body.items[0].value, 'base64')).toHaveLength(1_024)
  expect(body.items[0]).toMatchObject({ valueBytes: 3_000, key: Buffer.from('c-1').toString('base64'), offset: 99 })
})
