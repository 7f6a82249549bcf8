import { defaultDictionary as delivered } from '../../../processors/recommendations/default-dictionary.ts'
import { publishOutbox, type OutboxEntry } from '../../../store/operations/outbox.ts'
import { apiUnderTest, type ApiUnderTest } from '../api-under-test.ts'

let api: ApiUnderTest

beforeAll(async () => {
  api = await apiUnderTest()
})
afterAll(() => api.close())
beforeEach(async () => {
  for (const table of ['setting_versions', 'outbox'] as const) await api.database.deleteFrom(table).execute()
})

const get = async (url: string) => {
  const answer = await api.server.inject({ url })
  return { status: answer.statusCode, etag: answer.headers.etag, body: answer.json() }
}
const send = async (method: 'PUT' | 'DELETE', url: string, version: string | undefined, payload?: object) => {
  const headers = version === undefined ? {} : { 'if-match': version }
  const answer = await api.server.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) })
  return { status: answer.statusCode, etag: answer.headers.etag, body: answer.json() }
}
const need = { name: 'Be quick', category: 'service', changedBy: 'li' }

test('the built-in catalogues exist before the first edit', async () => {
  const { body } = await get('/dictionary')
  expect(body).toEqual({ version: 0, needs: delivered.needs, characteristics: delivered.characteristics })
  expect((await get('/needs')).body.items).toHaveLength(delivered.needs.length)
  expect((await get('/characteristics')).body.items).toHaveLength(delivered.characteristics.length)
  expect(await get('/characteristics/low-rate')).toMatchObject({
    status: 200,
    etag: '"0"',
    body: { id: 'low-rate', version: 0, changedBy: null, history: [] },
  })
  expect(await get('/characteristics/none')).toMatchObject({ status: 404 })
})

test('a need and a characteristic that answers it are added, changed and retired; all of it is on record (spec R1, R5)', async () => {
  expect(await send('PUT', '/needs/speed', '"0"', need)).toMatchObject({
    status: 200,
    etag: '"1"',
    body: { id: 'speed', fieldOfActivity: null, retired: false, version: 1, changedBy: 'li' },
  })
  const characteristic = { name: 'At once', needs: ['speed'], advice: { sale: 'Say so.' }, changedBy: 'ada' }
  expect(await send('PUT', '/characteristics/at-once', '"0"', characteristic)).toMatchObject({
    status: 200,
    etag: '"2"',
    body: { description: '', product: null },
  })
  expect(await send('PUT', '/characteristics/at-once', '"2"', { ...characteristic, name: 'Now' })).toMatchObject({
    etag: '"3"',
  })
  expect(await send('DELETE', '/characteristics/at-once?changedBy=wang', '"3"')).toMatchObject({
    status: 200,
    etag: '"4"',
    body: { name: 'Now', retired: true, changedBy: 'wang' },
  })
  expect((await get('/characteristics/at-once')).body).toMatchObject({
    name: 'Now',
    retired: true,
    history: [{ version: 4 }, { version: 3, name: 'Now', retired: false }, { version: 2, name: 'At once' }],
  })
  expect((await get('/dictionary?version=2')).body.characteristics).toContainEqual(
    expect.objectContaining({ id: 'at-once', name: 'At once' }),
  )
  expect((await get('/dictionary/changes')).body.items).toMatchObject([
    { version: 4, kind: 'characteristic', entryId: 'at-once', changedBy: 'wang' },
    { version: 3 },
    { version: 2 },
    { version: 1, kind: 'need', entryId: 'speed', changedBy: 'li' },
  ])
  const sent: OutboxEntry[] = []
  await publishOutbox(api.database, (entry) => Promise.resolve(void sent.push(entry)))
  expect(sent.map(({ topic, event }) => [topic, (event as { version: number }).version])).toEqual(
    [1, 2, 3, 4].map((version) => ['dictionaries', version]),
  )
})

test('a delivered entry is retired as well', async () => {
  expect(await send('DELETE', '/needs/lower-costs?changedBy=li', '"0"')).toMatchObject({
    status: 200,
    body: { retired: true },
  })
  expect((await get('/needs')).body.items.filter(({ retired }: { retired: boolean }) => retired)).toHaveLength(1)
  expect(await send('DELETE', '/needs/none?changedBy=li', '"0"')).toMatchObject({ status: 404 })
  expect(await send('DELETE', '/needs/lower-costs', '"1"')).toMatchObject({ status: 400 })
})

test('a conflicting edit is refused; the version that was seen is required', async () => {
  await send('PUT', '/needs/speed', '"0"', need)
  expect(await send('PUT', '/needs/speed', '"0"', need)).toMatchObject({
    status: 412,
    body: { type: '/problems/conflict' },
  })
  expect(await send('DELETE', '/needs/speed?changedBy=li', '"9"')).toMatchObject({ status: 412 })
  expect(await send('PUT', '/needs/speed', undefined, need)).toMatchObject({ status: 428 })
  const answers = await Promise.all(
    ['a', 'b', 'c'].map((name) => send('PUT', '/needs/quick', '"0"', { ...need, name })),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412])
})

test.each([
  ['/needs/speed', { ...need, name: '' }, '/name'],
  ['/needs/speed', { ...need, colour: 'red' }, '/colour'],
  ['/needs/speed', { category: 'x', changedBy: 'li' }, '/name'],
  ['/characteristics/x', { name: 'X', changedBy: 'li', advice: { wedding: 'Dance.' } }, '/advice/wedding'],
  ['/needs/speed', { name: ' ', category: 'x', changedBy: 'li' }, '/name'],
  ['/characteristics/x', { name: 'X', changedBy: 'li', advice: { sale: 'y'.repeat(3_000) } }, '/advice/sale'],
  ['/characteristics/x', { name: 'X', changedBy: 'li', needs: ['no such need'] }, ''],
  ['/characteristics/x', { name: 'X' }, '/changedBy'],
])('%s does not take %j', async (url, payload, path) => {
  expect(await send('PUT', url, '"0"', payload)).toMatchObject({
    status: 400,
    body: { errors: [{ part: 'body', path }] },
  })
})
