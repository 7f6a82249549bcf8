/** Webhooks through the API, on a database; the test plays Kafka and the sink. */
import type { Envelope } from '../../../schemas/avro/schema.ts'
import type { Topic } from '../../../schemas/topic.ts'
import { unmappedWebhooks, type UnmappedWebhook } from '../../../schemas/webhooks/unmapped-webhooks.ts'
import { signatureHeaders } from '../../../deliveries/webhook/sign.ts'
import { put as write } from '../../store/store-under-test.ts'
import { apiUnderTest, type ApiUnderTest } from '../api-under-test.ts'

const newSecret = (byte: number) => `whsec_${Buffer.alloc(32, byte).toString('base64')}`
const secrets: Record<string, string> = { crm_new: newSecret(1), crm_old: newSecret(2), bitrix: 'token-of-bitrix' }
let isKafkaAway = false
const published: { topic: Topic; events: readonly Envelope[] }[] = []

let api: ApiUnderTest
beforeAll(async () => {
  api = await apiUnderTest({
    webhookSecret: (name) => secrets[name],
    publish(topic, events) {
      if (isKafkaAway) return Promise.reject(new Error('no broker'))
      published.push({ topic, events })
      return Promise.resolve(events.map((_, offset) => ({ partition: 0, offset })))
    },
  })
})
afterAll(() => api.close())
beforeEach(() => void published.splice(0))

const MAPPING = 'items.{"topic": "profiles", "event": {"customerId": id, "occurredAt": $time(at), "name": $text(name)}}'
const call = async (method: 'GET' | 'PUT' | 'POST' | 'DELETE', url: string, payload?: object, version?: number) => {
  const headers = version === undefined ? {} : { 'if-match': `"${version}"` }
  const answer = await api.server.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) })
  return {
    code: answer.statusCode,
    text: answer.body,
    body: answer.headers['content-type']?.includes('json') ? answer.json<Record<string, unknown>>() : {},
  }
}
const put = (name: string, version: number, changes: object = {}) =>
  call(
    'PUT',
    `/webhook-sources/${name}`,
    { scheme: 'standard_webhooks', secrets: ['crm_new', 'crm_old'], mapping: MAPPING, changedBy: 'me', ...changes },
    version,
  )
const send = async (name: string, body: object, { id = 'msg_1', secret = 'crm_old', at = new Date() } = {}) => {
  const payload = JSON.stringify(body)
  const headers = {
    'content-type': 'application/json',
    ...signatureHeaders(id, at, payload, [{ name: secret, value: secrets[secret]! }]),
  }
  const answer = await api.server.inject({ method: 'POST', url: `/webhooks/${name}`, headers, payload })
  return { code: answer.statusCode, body: answer.json<Record<string, unknown>>() }
}
const item = (id: string, changes = {}) => ({ id, at: '2024-05-01T10:00:00Z', name: ' Ann ', ...changes })

test('a source is a versioned setting that names its secrets only; a faulty mapping can’t be saved', async () => {
  expect(await put('crm', 0)).toMatchObject({ code: 200, body: { name: 'crm', version: 1, toleranceS: 300 } })
  const listed = await call('GET', '/webhook-sources')
  expect(listed.body['items']).toHaveLength(1)
  for (const value of Object.values(secrets)) expect(listed.text).not.toContain(value)
  const refusals: [object, RegExp][] = [
    [{ mapping: '{"topic": ' }, /mapping is refused.*character/],
    [{ mapping: '$now()' }, /not allowed/],
    [{ secrets: [] }, /at least one secret/],
    [{ secrets: [secrets['crm_new']] }, /secrets\/0/],
    [{ scheme: 'hubspot_v3' }, /`url`/],
    [{ scheme: 'token' }, /`tokenField` or `signatureHeader`/],
  ]
  for (const [changes, reason] of refusals) {
    const { code, text } = await put('crm', 1, changes)
    expect({ code, says: reason.test(text) ? reason : text }).toEqual({ code: 400, says: reason })
  }
})

test('a signed webhook becomes events; a repeated delivery has the same ids', async () => {
  const accepted = { code: 202, body: { events: 2, mapped: true } }
  expect(await send('crm', { items: [item('a'), item('b', { name: '' })] })).toEqual(accepted)
  expect(await send('crm', { items: [item('a'), item('b', { name: '' })] }, { secret: 'crm_new' })).toEqual(accepted)
  const [first, second] = published
  expect(first).toMatchObject({
    topic: { name: 'profiles' },
    events: [
      { customerId: 'a', name: 'Ann' },
      { customerId: 'b', name: null },
    ],
  })
  expect(second).toEqual(first)
})

test('nothing of an unverified request is accepted, and the answer does not say why', async () => {
  const body = { items: [item('a')] }
  secrets['forged'] = newSecret(9)
  const refused = [
    await send('crm', body, { secret: 'forged' }),
    await send('crm', body, { at: new Date(Date.now() - 301_000) }),
    await call('POST', '/webhooks/crm', body),
  ]
  expect(new Set(refused.map((one) => JSON.stringify([one.code, one.body['detail']]))).size).toBe(1)
  expect(refused[0]!.code).toBe(401)
  expect(published).toEqual([])
  expect(await send('nobody', body)).toMatchObject({ code: 404 })
})

test('a failure is retried by the sender, which is no replay', async () => {
  isKafkaAway = true
  expect(await send('crm', { items: [item('c')] }, { id: 'msg_2' })).toMatchObject({ code: 503 })
  isKafkaAway = false
  expect(await send('crm', { items: [item('c')] }, { id: 'msg_2' })).toMatchObject({ code: 202 })
  expect(published).toHaveLength(1)
})

test('a source without a usable secret asks to be sent again, and tells the operator', async () => {
  await put('later', 0, { secrets: ['not_set'] })
  // Sources are read at most once a second, except for people.
  await call('POST', '/webhooks/later/preview', { payload: {} })
  expect(await send('later', {})).toMatchObject({ code: 503 })
  expect(api.errors.join()).toContain('WEBHOOK_SECRET_not_set')
})

test('a mapping is tried on a sample before it is saved', async () => {
  const sample = { payload: { items: [item('a'), item('b', { at: 'noon' })] } }
  expect(await call('POST', '/webhooks/crm/preview', sample)).toMatchObject({
    code: 200,
    body: {
      events: [],
      problems: [{ index: null, problem: expect.stringContaining('"noon" is not a time') as string }],
    },
  })
  const mapping = '{"topic": "profiles", "event": {"customerId": data.FIELDS.ID, "occurredAt": $seconds(ts)}}'
  const form = { payload: 'data[FIELDS][ID]=17&ts=1714557600', contentType: 'application/x-www-form-urlencoded' }
  expect(await call('POST', '/webhooks/new/preview', { ...form, mapping })).toMatchObject({
    code: 200,
    body: {
      events: [{ topic: 'profiles', key: '17', event: { occurredAt: '2024-05-01T10:00:00.000Z' } }],
      problems: [],
    },
  })
  expect(await call('POST', '/webhooks/new/preview', { payload: 1, mapping: '(' })).toMatchObject({ code: 400 })
  expect(published).toEqual([])
})

test('what can’t be mapped is kept and shown, and replayed once the mapping is mended', async () => {
  const sink = async () => {
    const kept = published.filter(({ topic }) => topic.name === 'unmapped-webhooks').flatMap(({ events }) => events)
    await write(api.database, unmappedWebhooks, kept as unknown as UnmappedWebhook[])
    return kept
  }
  const body = { items: [item('good'), item('', {})] }
  expect(await send('crm', body, { id: 'msg_3' })).toEqual({ code: 202, body: { events: 1, mapped: false } })
  expect(await sink()).toMatchObject([{ webhook: 'crm', deliveryId: 'msg_3', state: 'pending', attempts: 0 }])
  const shown = await call('GET', '/webhooks/unmapped?webhook=crm&state=pending')
  expect(shown.body['items']).toMatchObject([
    { body: JSON.stringify(body), problems: [{ index: 1, path: '/customerId' }] },
  ])
  expect((await call('GET', '/webhooks/unmapped.csv')).text).toContain('msg_3')
  expect((await call('GET', '/webhooks/unmapped.ndjson')).text).toContain('msg_3')

  published.splice(0)
  const mended = MAPPING.replace('items.', 'items.$merge([$, {"id": id = "" ? "unknown" : id}]).')
  await put('crm', 1, { mapping: mended })
  expect(await call('POST', '/webhooks/crm/replay', {})).toMatchObject({
    code: 200,
    body: { replayed: 1, unmapped: 0, events: 1, next: null },
  })
  // The event that was accepted before is not sent again.
  expect(published[0]).toMatchObject({ topic: { name: 'profiles' }, events: [{ customerId: 'unknown' }] })
  expect(await sink()).toMatchObject([{ state: 'replayed', attempts: 1, problems: [] }])
  expect((await call('GET', '/webhooks/unmapped?state=pending')).body['items']).toEqual([])
  expect(await call('POST', '/webhooks/crm/replay', {})).toMatchObject({ body: { replayed: 0, events: 0 } })
})
