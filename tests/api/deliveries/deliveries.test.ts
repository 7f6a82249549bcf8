import { addDeliveries, claimDeliveries, finishDeliveries } from '../../../store/deliveries/deliveries.ts'
import { heldChannels, holdChannel } from '../../../store/deliveries/held-channels.ts'
import { apiUnderTest, type ApiUnderTest } from '../api-under-test.ts'

let api: ApiUnderTest
const tested: string[] = []
beforeAll(async () => {
  api = await apiUnderTest({
    testChannel(name) {
      tested.push(name)
      const test = { messageId: 'msg_1', delivered: false, status: 500, answer: '500', said: 'oops', durationMs: 3 }
      return Promise.resolve(name === 'crm' ? { channel: name, ...test } : undefined)
    },
    readiness: () =>
      Promise.resolve([{ part: 'deliveries', ready: true, reason: null, warning: 'The channel crm has failed.' }]),
  })
})
afterAll(() => api.close())

const call = async (method: 'GET' | 'PUT' | 'POST' | 'DELETE', url: string, payload?: object, version?: number) => {
  const headers = version === undefined ? {} : { 'if-match': `"${version}"` }
  const answer = await api.server.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) })
  return { code: answer.statusCode, body: answer.json<Record<string, unknown>>(), text: answer.body }
}
const webhook = { url: 'https://crm.example/hook', secrets: ['crm_new', 'crm_old'] }

test('a channel is added, changed and retired like any setting, and names its secrets only', async () => {
  const added = await call('PUT', '/channels/crm', { kind: 'webhook', webhook, changedBy: 'me' }, 0)
  expect(added).toMatchObject({ code: 200, body: { name: 'crm', version: 1, topics: ['alerts'], withdrawals: true } })
  expect(added.body['webhook']).toEqual(webhook)
  const twoKinds = { kind: 'webhook', webhook, email: { to: ['a@b.c'] }, changedBy: 'me' }
  expect(await call('PUT', '/channels/crm', twoKinds, 1)).toMatchObject({ code: 400 })
  const secret = { kind: 'webhook', webhook: { ...webhook, secrets: ['whsec_c2VjcmV0'] + '=' }, changedBy: 'me' }
  expect(await call('PUT', '/channels/crm', secret, 1)).toMatchObject({ code: 400 })
  expect((await call('GET', '/channels')).body['items']).toHaveLength(1)
  expect(await call('DELETE', '/channels/crm?changedBy=me', undefined, 1)).toMatchObject({
    code: 200,
    body: { retired: true, version: 2 },
  })
})

test('the test of a channel returns the receiver’s answer', async () => {
  expect(await call('POST', '/channels/crm/test')).toMatchObject({
    code: 200,
    body: { channel: 'crm', delivered: false, status: 500, said: 'oops' },
  })
  expect(await call('POST', '/channels/none/test')).toMatchObject({ code: 404 })
  expect(tested).toEqual(['crm', 'none'])
})

test('deliveries are listed by status without their content; dead ones can be resent, and a held channel resumed', async () => {
  const { database } = api
  const about = { channel: 'crm', topic: 'alerts', type: 'alert.raised', kind: 'invalid-visits', dueAt: undefined }
  await database.transaction().execute((transaction) =>
    addDeliveries(
      transaction,
      ['a', 'b'].map((one) => ({
        ...about,
        messageId: one,
        record: one,
        body: 'secret words',
        occurredAt: new Date(0),
      })),
    ),
  )
  const [dead] = await claimDeliveries(database, { channel: 'crm', limit: 1, leaseMs: 1, claim: 'x', inOrder: true })
  await finishDeliveries(database, 'x', [dead!.number], { status: 'dead', answer: '422' })
  await holdChannel(database, { channel: 'crm', version: 1, reason: '410' })
  const listed = await call('GET', '/deliveries?status=dead')
  expect(listed.body['items']).toMatchObject([{ messageId: 'a', status: 'dead', answer: '422', nextAt: null }])
  expect(listed.text).not.toContain('secret words')
  expect((await call('GET', '/deliveries?limit=1')).body['next']).not.toBeNull()
  expect(await call('GET', '/deliveries?status=lost')).toMatchObject({ code: 400 })
  expect(await call('POST', '/deliveries/redrive', { channel: 'crm' })).toMatchObject({
    code: 200,
    body: { redriven: 1 },
  })
  expect(await heldChannels(database)).toEqual([])
  expect((await call('GET', '/deliveries?status=waiting')).body['items']).toHaveLength(2)
})

test('trouble of a channel is a warning, and the platform stays ready', async () => {
  const parts = [{ part: 'deliveries', ready: true, warning: 'The channel crm has failed.' }]
  expect(await call('GET', '/ready')).toMatchObject({ code: 200, body: { ready: true, parts } })
})
