/** Sends bodies that are not JSON, in every way, to every route that takes a body. */
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { apiUnderTest, type ApiUnderTest } from '../api-under-test.ts'

let api: ApiUnderTest

beforeAll(async () => {
  api = await apiUnderTest()
})
afterAll(() => api.close())
beforeEach(() => api.published.splice(0))

const routes: [method: 'POST' | 'PUT', url: string, type: string][] = [
  ['POST', '/events/transactions', 'application/json'],
  ['PUT', '/thresholds/loan-demand', 'application/json'],
  ['PUT', '/policies/visit-assessment', 'application/json'],
  ['PUT', '/needs/n', 'application/json'],
  ['PUT', '/characteristics/c', 'application/json'],
  ['POST', '/score/loan-demand', 'application/json'],
  ['POST', '/turns/analysis', 'application/json'],
  ['POST', '/subjects/visits-value', 'application/json'],
  ['POST', '/subjects/visits-value/versions', 'application/vnd.schemaregistry.v1+json'],
]

const transaction = {
  id: 't-1',
  occurredAt: '2026-01-31T09:00:00+08:00',
  source: 'test',
  customerId: '上海客户',
  accountId: 'a-1',
  amountMinor: -1_250,
  currency: 'CNY',
  kind: 'card',
}

const send = async (
  payload: Buffer | string,
  headers: Record<string, string> = {},
  [method, url, type] = routes[0]!,
) => {
  const answer = await api.server.inject({
    method,
    url,
    headers: { 'content-type': type, 'if-match': '"0"', ...headers },
    payload,
  })
  return { status: answer.statusCode, type: answer.headers['content-type'], body: answer.json() }
}

/** The same text in GBK: a customer’s name as written by a Windows machine in China. */
const inGbk = Buffer.concat([
  Buffer.from('{"customerId": "'),
  Buffer.from([0xc9, 0xcf, 0xba, 0xa3]),
  Buffer.from('", "changedBy": "x"}'),
])

describe.each(routes)('%s %s', (...route) => {
  const wrong: [string, Buffer | string, string | RegExp][] = [
    ['GBK', inGbk, 'The body is not UTF-8: byte 16 is 0xc9.'],
    ['UTF-16', Buffer.from('\ufeff{}', 'utf16le'), /byte order mark of UTF-16/],
    [
      'a lone surrogate in UTF-8',
      Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]),
      'The body is not UTF-8: byte 1 is 0xed.',
    ],
    ['a lone surrogate as an escape', '{"a": ["\\ud800"]}', /at \/a\/0: It contains half of a surrogate pair/],
    ['a name that is there twice', '{"a": 1, "b": {"c": 1, "c": 2}}', /at \/b\/c: The name occurs twice/],
    ['a prototype', '{"a": {"__proto__": {"b": 1}}}', /at \/a\/__proto__/],
    ['a number beyond all', '{"value": 1e999}', /at \/value: It is a number beyond/],
    ['nothing', '', 'The body is empty.'],
    ['half of JSON', '{"a": ', /not valid JSON/],
    ['levels without end', '['.repeat(200_000), /nested more than 64 levels deep/],
    ['levels of objects without end', '{"a":'.repeat(50_000), /nested more than 64 levels deep/],
  ]
  test.each(wrong)('%s is a 400 that says so', async (_, payload, detail) => {
    const { status, type, body } = await send(payload, {}, route)
    expect({ status, type }).toEqual({ status: 400, type: 'application/problem+json' })
    expect(body).toMatchObject({ type: '/problems/invalid-request', detail: expect.stringMatching(detail) })
    expect(api.published).toEqual([])
    expect(api.errors).toEqual([])
  })

  test.each([
    ['another charset', { 'content-type': `${route[2]}; charset=GBK` }, /charset is GBK/],
    ['another type', { 'content-type': 'application/xml' }, /content type is "application\/xml"/],
    ['a type of forms', { 'content-type': 'application/x-www-form-urlencoded' }, /content type is/],
    ['text', { 'content-type': 'text/plain' }, /content type is "text\/plain"/],
    ['an encoding that is not known', { 'content-encoding': 'compress' }, /compress is not supported/],
    ['two encodings', { 'content-encoding': 'gzip, gzip' }, /gzip, gzip is not supported/],
  ])('%s is a 415 that says so', async (_, headers, detail) => {
    const { status, type, body } = await send('{"a": 1}', headers, route)
    expect({ status, type }).toEqual({ status: 415, type: 'application/problem+json' })
    expect(body).toMatchObject({ type: '/problems/unsupported-type', detail: expect.stringMatching(detail) })
  })
})

test('a place in the middle of texts with replacement characters is reported correctly', async () => {
  const payload = Buffer.concat([Buffer.from('["\ufffd王\ufffd'), Buffer.from([0xff]), Buffer.from('"]')])
  expect((await send(payload)).body.detail).toBe('The body is not UTF-8: byte 11 is 0xff.')
})

test.each([
  ['with a byte order mark', `\ufeff${JSON.stringify(transaction)}`, {}],
  ['with its charset', JSON.stringify(transaction), { 'content-type': 'application/json; charset=UTF-8' }],
  ['in escapes', JSON.stringify(transaction).replace('上', '\\u4e0a'), {}],
  ['by gzip', gzipSync(JSON.stringify(transaction)), { 'content-encoding': 'gzip' }],
  ['by deflate', deflateSync(JSON.stringify(transaction)), { 'content-encoding': 'deflate' }],
  ['by brotli', brotliCompressSync(JSON.stringify(transaction)), { 'content-encoding': 'br' }],
  ['named as it is', JSON.stringify(transaction), { 'content-encoding': 'identity' }],
])('an event is taken %s', async (_, payload, headers: Record<string, string>) => {
  expect(await send(payload, headers)).toMatchObject({ status: 202, body: { accepted: 1 } })
  expect(api.published[0]!.events[0]).toMatchObject({ customerId: '上海客户' })
})

test('compressed bodies are limited by their decompressed size', async () => {
  const bomb = gzipSync(Buffer.alloc(9_000_000, 32))
  expect(bomb.length).toBeLessThan(20_000)
  expect(await send(bomb, { 'content-encoding': 'gzip' })).toMatchObject({
    status: 413,
    body: { type: '/problems/too-large', detail: expect.stringContaining('8388608 bytes') },
  })
  // Other routes have a lower limit.
  expect(await send(gzipSync(Buffer.alloc(300_000, 32)), { 'content-encoding': 'gzip' }, routes[1])).toMatchObject({
    status: 413,
  })
})

test('a body that is not compressed as declared is refused', async () => {
  expect(await send(JSON.stringify(transaction), { 'content-encoding': 'gzip' })).toMatchObject({
    status: 400,
    body: { detail: expect.stringContaining('be decompressed with its content encoding gzip') },
  })
})

test('a body that is compressed and does not say so is no UTF-8', async () => {
  expect(await send(gzipSync(JSON.stringify(transaction)))).toMatchObject({
    status: 400,
    body: { detail: 'The body is not UTF-8: byte 1 is 0x8b.' },
  })
})

test('eight megabytes of brackets are refused at once, and the others are answered meanwhile', async () => {
  const listOfLists = `[${'[],'.repeat(2_000_000)}0]`
  const refusals = await cpuMsOf(async () => {
    const answers = await Promise.all([
      send('['.repeat((8 << 20) - 1)),
      send(`${'[0,'.repeat(60)}${'[],'.repeat(2_000_000)}`),
      api.server.inject({ url: '/health' }),
    ])
    expect(answers.slice(0, 2)).toMatchObject([{ status: 400 }, { status: 400 }])
  })
  // Relative to the time that this machine takes for a readable body of the same length, since it may be slow or busy.
  const reading = await cpuMsOf(() => {
    for (let round = 0; round < 4; round++) JSON.parse(listOfLists)
  })
  expect(refusals).toBeLessThan(5 * reading)
})

async function cpuMsOf(work: () => void | Promise<void>): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}

test('a schema in a text is read as strictly as the body around it', async () => {
  for (const schema of ['['.repeat(100_000), '{"type": "record", "type": "map"}', '{"__proto__": 1}']) {
    const answer = await send(JSON.stringify({ schema }), {}, routes[7])
    expect(answer).toMatchObject({ status: 422, body: { error_code: 42201 } })
  }
})
