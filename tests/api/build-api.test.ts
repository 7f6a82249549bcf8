import { apiUnderTest, type ApiUnderTest } from './api-under-test.ts'
import { storeWorld } from './stored-world.ts'

let api: ApiUnderTest

beforeAll(async () => {
  api = await apiUnderTest()
  await storeWorld(api.database)
})
afterAll(() => api.close())

const get = async (url: string) => {
  const answer = await api.server.inject({ url })
  return { status: answer.statusCode, body: answer.json(), headers: answer.headers }
}

describe('the API', () => {
  test.each([
    '/health',
    '/ready',
    '/status',
    '/customers',
    '/customers/c-1',
    '/customers/c-1/scores',
    '/scores',
    '/features',
    '/opportunities',
    '/priorities',
    '/priorities/owners',
    '/assessments',
    '/alerts',
    '/dead-letters',
    '/thresholds/loan-demand',
    '/policies/visit-assessment',
    '/models',
    '/subjects',
    '/openapi.json',
  ])('GET %s', async (url) => {
    const { status, body } = await get(url)
    expect({ status, body }).toMatchObject({ status: 200 })
    expect(api.errors).toEqual([])
  })
})
