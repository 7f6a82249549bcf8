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

test('call systems find their socket only if it is configured', async () => {
  expect((await get('/telephony/jambonz')).status).toBe(404)
  const telephony = {
    jambonzToken: 'a-token-of-jambonz',
    conversationRelay: undefined,
    language: 'en-US',
    transfer: 'queue:agents',
  }
  const connected = await apiUnderTest({ telephony })
  try {
    expect((await connected.server.inject({ url: '/telephony/jambonz' })).statusCode).toBe(401)
    expect((await connected.server.inject({ url: '/telephony/conversation-relay' })).statusCode).toBe(404)
    expect((await connected.server.inject({ url: '/health' })).statusCode).toBe(200)
  } finally {
    await connected.close()
  }
})
