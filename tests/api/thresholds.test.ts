import { sendOutbox, type OutboxEntry } from '../../store/outbox.ts'
import { apiUnderTest, type ApiUnderTest } from './api-under-test.ts'

let api: ApiUnderTest

beforeAll(async () => {
  api = await apiUnderTest()
})
afterAll(() => api.close())
beforeEach(async () => {
  await api.database.deleteFrom('thresholds').execute()
  await api.database.deleteFrom('outbox').execute()
})

const url = '/thresholds/loan-demand'
const get = async () => {
  const answer = await api.server.inject({ url })
  return { status: answer.statusCode, etag: answer.headers.etag, body: answer.json() }
}
const put = async (payload: Record<string, unknown>, version?: string, at = url) => {
  const headers = version === undefined ? {} : { 'if-match': version }
  const answer = await api.server.inject({ method: 'PUT', url: at, headers, payload })
  return { status: answer.statusCode, etag: answer.headers.etag, body: answer.json() }
}

test('as delivered it is version 0; an edit is the next one, on record, and on its way to Kafka (spec L3)', async () => {
  expect(await get()).toMatchObject({ status: 200, etag: '"0"', body: { value: 0.6, version: 0, changedBy: null, history: [] } })
  expect(await put({ value: 0.7, changedBy: 'li' }, '"0"')).toMatchObject({
    status: 200,
    etag: '"1"',
    body: { value: 0.7, version: 1 },
  })
  expect(await put({ value: 0.65, changedBy: 'wang' }, '"1"')).toMatchObject({ status: 200, etag: '"2"' })
  expect(await get()).toMatchObject({
    etag: '"2"',
    body: {
      value: 0.65,
      changedBy: 'wang',
      history: [
        { version: 2, changedBy: 'wang' },
        { version: 1, value: 0.7, changedBy: 'li' },
      ],
    },
  })
  const sent: OutboxEntry[] = []
  await sendOutbox(api.database, (entry) => Promise.resolve(void sent.push(entry)))
  expect(sent).toMatchObject([
    { topic: 'thresholds', event: { task: 'loan-demand', version: 1, value: 0.7, changedBy: 'li' } },
    { topic: 'thresholds', event: { version: 2, value: 0.65 } },
  ])
})

test('an edit of what somebody else has changed in the meantime is refused', async () => {
  await put({ value: 0.7, changedBy: 'li' }, '"0"')
  expect(await put({ value: 0.1, changedBy: 'wang' }, '"0"')).toMatchObject({ status: 412, body: { type: '/problems/conflict' } })
  expect(await put({ value: 0.1, changedBy: 'wang' }, '"7"')).toMatchObject({ status: 412 })
  expect(await put({ value: 0.1, changedBy: 'wang' }, 'W/"1"')).toMatchObject({ status: 412 })
  for (const tag of ['1', '*', '"1', '"1", "2"'])
    expect(await put({ value: 0.1, changedBy: 'wang' }, tag)).toMatchObject({
      status: 400,
      body: { errors: [{ part: 'headers', path: '/if-match' }] },
    })
  expect((await get()).body).toMatchObject({ version: 1, value: 0.7 })
})

test('of two edits at once one wins', async () => {
  const answers = await Promise.all(['li', 'wang', 'zhao'].map((changedBy) => put({ value: 0.5, changedBy }, '"0"')))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412])
})

test('the version that was seen is needed', async () => {
  expect(await put({ value: 0.7, changedBy: 'li' })).toMatchObject({ status: 428, body: { type: '/problems/version-required' } })
})

test.each([
  [{ value: 1.5, changedBy: 'li' }, '/value'],
  [{ value: '0.5', changedBy: 'li' }, '/value'],
  [{ value: 0.5, changedBy: '' }, '/changedBy'],
  [{ value: 0.5 }, '/changedBy'],
  [{ value: 0.5, changedBy: 'li', colour: 'red' }, '/colour'],
])('%j is refused', async (payload, path) => {
  expect(await put(payload, '"0"')).toMatchObject({
    status: 400,
    body: { errors: [{ part: 'body', path }] },
  })
})

test('a task that does not exist has no threshold', async () => {
  expect(await put({ value: 0.5, changedBy: 'li' }, '"0"', '/thresholds/fame')).toMatchObject({ status: 404 })
})
