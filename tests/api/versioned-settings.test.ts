import { settings } from '../../subjects/subjects.ts'
import { documented, event, identifier, int, string } from '../../schemas/avro/schema.ts'
import { topic } from '../../schemas/topic.ts'
import { versionedSetting } from '../../schemas/platform/versioned-setting.ts'
import { publishOutbox, type OutboxEntry } from '../../store/operations/outbox.ts'
import { apiUnderTest, type ApiUnderTest } from './api-under-test.ts'

/** A setting that the platform does not have, to show that this is all that a new one needs. */
const queues = topic({
  name: 'queues',
  schema: event('Queue', 'Which queue calls of a kind go to.', {
    kind: identifier,
    version: int,
    queue: documented('The name of the queue.', identifier),
    minutesMax: int,
    note: string,
    changedBy: string,
  }),
  key: 'kind',
  keyOf: ({ kind }) => kind,
  retention: 'compacted',
  role: 'global',
  producer: 'API',
})
const queueSetting = versionedSetting({
  name: 'queue',
  path: '/queues',
  doc: 'Which queue calls of a kind go to.',
  topic: queues,
  key: 'kind',
  defaults: new Map([
    ['complaint', { queue: 'care', minutesMax: 60, note: '' }],
    ['order', { queue: 'sales', minutesMax: 5, note: '' }],
  ]),
  validate: ({ queue, minutesMax }) =>
    queue === 'sales' && minutesMax > 9 ? 'Sales answers within nine minutes.' : undefined,
})

let api: ApiUnderTest

beforeAll(async () => {
  api = await apiUnderTest({ settings: [...settings, queueSetting] })
})
afterAll(() => api.close())
beforeEach(async () => {
  await api.database.deleteFrom('setting_versions').execute()
  await api.database.deleteFrom('outbox').execute()
})

const url = '/thresholds/loan-demand'
const get = async (at = url) => {
  const answer = await api.server.inject({ url: at })
  return { status: answer.statusCode, etag: answer.headers.etag, body: answer.json() }
}
const put = async (payload: Record<string, unknown>, version?: string, at = url) => {
  const headers = version === undefined ? {} : { 'if-match': version }
  const answer = await api.server.inject({ method: 'PUT', url: at, headers, payload })
  return { status: answer.statusCode, etag: answer.headers.etag, body: answer.json() }
}

test('the built-in setting is version 0; an edit is the next one, recorded and on its way to Kafka (spec L3)', async () => {
  expect(await get()).toMatchObject({
    status: 200,
    etag: '"0"',
    body: { value: 0.6, version: 0, changedBy: null, history: [] },
  })
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
  await publishOutbox(api.database, (entry) => Promise.resolve(void sent.push(entry)))
  expect(sent).toMatchObject([
    { topic: 'thresholds', event: { task: 'loan-demand', version: 1, value: 0.7, changedBy: 'li' } },
    { topic: 'thresholds', event: { version: 2, value: 0.65 } },
  ])
})

test('a conflicting edit is refused', async () => {
  await put({ value: 0.7, changedBy: 'li' }, '"0"')
  expect(await put({ value: 0.1, changedBy: 'wang' }, '"0"')).toMatchObject({
    status: 412,
    body: { type: '/problems/conflict' },
  })
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
  expect(await put({ value: 0.7, changedBy: 'li' })).toMatchObject({
    status: 428,
    body: { type: '/problems/version-required' },
  })
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

test('an edit may state its reason; the null of what was read states none', async () => {
  const first = await put({ value: 0.6, changedBy: 'li', reason: 'Too few calls' }, '"0"')
  expect(first).toMatchObject({ status: 200, body: { reason: 'Too few calls' } })
  const second = await put({ value: 0.7, changedBy: 'li', reason: null }, '"1"')
  expect(second).toMatchObject({ status: 200, body: { reason: null } })
  expect((await put({ value: 0.7, changedBy: 'li', reason: ' ' }, '"2"')).status).toBe(400)
})

test('a task that does not exist has no threshold', async () => {
  expect(await put({ value: 0.5, changedBy: 'li' }, '"0"', '/thresholds/fame')).toMatchObject({ status: 404 })
})

test('the current thresholds are listed, sorted; only tasks that act on one have a threshold', async () => {
  await put({ value: 0.7, changedBy: 'li' }, '"0"')
  const { items } = (await get('/thresholds')).body as { items: { task: string }[] }
  expect(items).toContainEqual({
    task: 'loan-demand',
    value: 0.7,
    reason: null,
    version: 1,
    changedBy: 'li',
    changedAt: expect.any(String),
  })
  expect(items.map(({ task }) => task)).toEqual(['loan-demand', 'recommendation'])
  expect(await put({ value: 0.5, changedBy: 'li' }, '"0"', '/thresholds/conversion')).toMatchObject({ status: 404 })
})

describe('the policy of visits (spec V5)', () => {
  const policy = '/policies/visit-assessment'
  const rule = {
    verdict: 'invalid',
    visitCountMin: 5,
    withinDays: null,
    probabilityBelow: null,
    probabilityMovedLessThan: null,
  }

  test('as delivered it can be read, changed, and read again', async () => {
    expect(await get(policy)).toMatchObject({
      etag: '"0"',
      body: {
        version: 0,
        rules: [{ verdict: 'invalid', visitCountMin: 5, probabilityBelow: 0.2 }, { verdict: 'suspected_false' }],
        history: [],
      },
    })
    const edit = {
      rules: [{ verdict: 'invalid', visitCountMin: 8, probabilityBelow: 0.1 }],
      changedBy: 'li',
      reason: 'Fewer.',
    }
    expect(await put(edit, '"0"', policy)).toMatchObject({
      status: 200,
      body: { version: 1, rules: [{ ...rule, visitCountMin: 8, probabilityBelow: 0.1 }] },
    })
    expect((await get(policy)).body).toMatchObject({
      version: 1,
      changedBy: 'li',
      reason: 'Fewer.',
      history: [{ version: 1, forced: false }],
    })
    const sent: OutboxEntry[] = []
    await publishOutbox(api.database, (entry) => Promise.resolve(void sent.push(entry)))
    expect(sent).toMatchObject([
      { topic: 'policies', event: { name: 'visit-assessment', version: 1, rules: [{ visitCountMin: 8 }] } },
    ])
  })

  test.each([
    [{ rules: [{ verdict: 'awful', visitCountMin: 5 }] }, '/rules/0/verdict'],
    [{ rules: [{ verdict: 'invalid', visitCountMin: -1 }] }, '/rules/0/visitCountMin'],
    [{ rules: [{ verdict: 'invalid', visitCountMin: 5, probabilityBelow: 2 }] }, '/rules/0/probabilityBelow'],
    [{ rules: Array.from({ length: 101 }, () => rule) }, '/rules'],
    [{}, '/rules'],
  ])('%j is refused with its place', async (edit, path) => {
    expect(await put({ ...edit, changedBy: 'li', reason: 'Fewer.' }, '"0"', policy)).toMatchObject({
      status: 400,
      body: { errors: [{ part: 'body', path }] },
    })
  })

  test('an unknown policy is not found, and the existing ones are named', async () => {
    expect(await get('/policies/pricing')).toMatchObject({
      status: 404,
      body: { detail: 'There is no policy "pricing". Available: visit-assessment.' },
    })
  })

  test('a version from before a condition was added is still answered', async () => {
    const value = JSON.stringify({ rules: [{ verdict: 'invalid', visitCountMin: 5, isUnknown: true }] })
    const row = { setting: 'policy', key: 'visit-assessment', version: 50, value, changedBy: 'li' }
    await api.database.insertInto('setting_versions').values(row).execute()
    expect(await get(policy)).toMatchObject({
      status: 200,
      body: { version: 50, rules: [rule], history: [{ rules: [rule] }] },
    })
  })
})

test('a new setting is its declaration: routes, checks, storage and publishing follow', async () => {
  expect((await get('/queues')).body).toMatchObject({
    items: [
      { kind: 'complaint', queue: 'care', minutesMax: 60, version: 0 },
      { kind: 'order', queue: 'sales', version: 0 },
    ],
  })
  const edit = { queue: 'care', minutesMax: 20, note: 'Be kind.', changedBy: 'li' }
  expect(await put(edit, '"0"', '/queues/complaint')).toMatchObject({
    status: 200,
    etag: '"1"',
    body: { kind: 'complaint', ...edit },
  })
  expect(await get('/queues/complaint')).toMatchObject({
    etag: '"1"',
    body: { ...edit, history: [{ version: 1, queue: 'care' }] },
  })
  expect(await put(edit, '"0"', '/queues/joke')).toMatchObject({ status: 404 })
  const refused = [
    [{ ...edit, queue: '' }, '/queue', expect.any(String)],
    [{ ...edit, queue: 'sales' }, '', 'Sales answers within nine minutes.'],
  ] as const
  for (const [payload, path, problem] of refused)
    expect(await put(payload, '"0"', '/queues/order')).toMatchObject({
      status: 400,
      body: { errors: [{ part: 'body', path, problem }] },
    })
  const sent: OutboxEntry[] = []
  await publishOutbox(api.database, (entry) => Promise.resolve(void sent.push(entry)))
  expect(sent).toMatchObject([
    { topic: 'queues', event: { id: 'queue/complaint/1', kind: 'complaint', version: 1, ...edit } },
  ])
  const { rows } = await api.database.pool.query('select kind, subject, content from bi_changes')
  expect(rows).toEqual([
    { kind: 'queue', subject: 'complaint', content: { queue: 'care', minutesMax: 20, note: 'Be kind.' } },
  ])
  const description = (await get('/openapi.json')).body as { paths: Record<string, object> }
  expect(Object.keys(description.paths['/queues/{kind}']!)).toEqual(['get', 'put'])
})
