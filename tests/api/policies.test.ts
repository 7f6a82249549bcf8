import { sendOutbox, type OutboxEntry } from '../../store/outbox.ts'
import { apiUnderTest, type ApiUnderTest } from './api-under-test.ts'

let api: ApiUnderTest

beforeAll(async () => {
  api = await apiUnderTest()
})
afterAll(() => api.close())

const url = '/policies/visit-assessment'
const put = async (payload: Record<string, unknown>, version: string) => {
  const answer = await api.server.inject({ method: 'PUT', url, headers: { 'if-match': version }, payload })
  return { status: answer.statusCode, body: answer.json() }
}

test('the delivered policy can be read, changed, and read again (spec V5)', async () => {
  const delivered = await api.server.inject({ url })
  expect(delivered.headers.etag).toBe('"0"')
  expect(delivered.json()).toMatchObject({
    version: 0,
    rules: [{ verdict: 'invalid', visitCountMin: 5, probabilityBelow: 0.2 }, { verdict: 'suspected_false' }],
    history: [],
  })
  const set = await put({ rules: [{ verdict: 'invalid', visitCountMin: 8, probabilityBelow: 0.1 }], changedBy: 'li' }, '"0"')
  expect(set).toMatchObject({
    status: 200,
    body: {
      version: 1,
      rules: [{ verdict: 'invalid', visitCountMin: 8, withinDays: null, probabilityBelow: 0.1, probabilityMovedLessThan: null }],
    },
  })
  expect((await api.server.inject({ url })).json()).toMatchObject({ version: 1, changedBy: 'li', history: [{ version: 1 }] })
  const sent: OutboxEntry[] = []
  await sendOutbox(api.database, (entry) => Promise.resolve(void sent.push(entry)))
  expect(sent).toMatchObject([
    { topic: 'policies', event: { name: 'visit-assessment', version: 1, rules: [{ visitCountMin: 8 }] } },
  ])
})

test.each([
  [[{ verdict: 'awful', visitCountMin: 5 }], '/rules/0/verdict'],
  [[{ verdict: 'invalid', visitCountMin: -1 }], '/rules/0/visitCountMin'],
  [[{ verdict: 'invalid', visitCountMin: 5, probabilityBelow: 2 }], '/rules/0/probabilityBelow'],
])('the rules %j are refused with their place', async (rules, path) => {
  expect(await put({ rules, changedBy: 'li' }, '"1"')).toMatchObject({ status: 400, body: { errors: [{ part: 'body', path }] } })
})

test('a policy that does not exist is not found', async () => {
  expect((await api.server.inject({ url: '/policies/pricing' })).statusCode).toBe(404)
})

test('a version from before a condition was added is still answered', async () => {
  const rules = JSON.stringify([{ verdict: 'invalid', visitCountMin: 5, isUnknown: true }])
  const version = { name: 'visit-assessment', version: 50, rules, changed_by: 'li' }
  await api.database.insertInto('policies').values(version).execute()
  const answer = await api.server.inject({ url })
  expect(answer.statusCode).toBe(200)
  const rule = { verdict: 'invalid', visitCountMin: 5, withinDays: null, probabilityBelow: null, probabilityMovedLessThan: null }
  expect(answer.json()).toMatchObject({ version: 50, rules: [rule], history: [{ rules: [rule] }, {}] })
})
