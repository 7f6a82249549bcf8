import { profiles } from '../../../schemas/customers/profiles.ts'
import { put } from '../../store/store-under-test.ts'
import { apiUnderTest, type ApiUnderTest } from '../api-under-test.ts'

const NOW = Date.UTC(2026, 10, 9, 12)
let now = NOW
let api: ApiUnderTest
/** A second API process on the same database. */
let second: ApiUnderTest

type Body = Readonly<Record<string, unknown>>
const send = async (method: 'GET' | 'PUT' | 'POST', url: string, payload?: object, version?: number, on = api) => {
  const headers = version === undefined ? {} : { 'if-match': `"${version}"` }
  const answer = await on.server.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) })
  return { code: answer.statusCode, body: answer.json<Body>() }
}
const choose = (customer: string, callId: string, changes: object = {}, on = api) =>
  send('POST', `/customers/${customer}/script-choices`, { callId, language: 'de', ...changes }, undefined, on)
const list = async (query = '') => (await send('GET', `/scripts${query}`)).body['items'] as readonly Body[]
const review = (id: unknown, decision: string, decidedBy: string) =>
  send('POST', `/scripts/${String(id)}/reviews`, { decision, decidedBy })

const policy = async (version: number, changes: object) => {
  const value = { adapts: true, floor: 0.05, priorConversions: 1, priorCalls: 20, evidence: 200, bound: 0.01 }
  const body = { ...value, groupOrder: [], days: 80, ...changes, changedBy: 'me' }
  expect(await send('PUT', '/script-choice-policies/default', body, version)).toMatchObject({ code: 200 })
}
const template = (text: string, changes: object = {}) => ({
  ...{ language: 'de', products: [], groups: [], answers: [], changedBy: 'Li', ...changes },
  parts: [{ id: 'opening', text, fallback: 'Guten Tag.' }],
})
const product = (advantage: string) => ({
  spoken: [{ language: 'de', name: 'Hausrat', advantages: [advantage] }],
  changedBy: 'me',
})
const group = (condition: string) => ({ description: 'Some', condition, changedBy: 'me' })

beforeAll(async () => {
  const simulatedClock = () => ({ now: now++, speed: 1 })
  api = await apiUnderTest({ simulatedClock })
  second = await apiUnderTest({ simulatedClock, database: api.database })
  const unknown = {
    sex: null,
    birthYear: null,
    registeredPlace: null,
    residence: null,
    timeZone: 'UTC',
    attributes: {},
  }
  await put(
    api.database,
    profiles,
    ['retail', 'private', 'business'].map((segment) => ({
      ...{ id: segment, occurredAt: NOW, source: 'test', customerId: segment, name: segment, segment, ...unknown },
    })),
  )
  const puts: readonly [string, object][] = [
    ['/target-groups/wealthy', group('customer.segment == "private"')],
    ['/target-groups/firms', group('customer.segment == "business" || customer.residence == "Jilin"')],
    ['/products/household', product('es ist billig')],
    [
      '/script-templates/short',
      template('{{ name }}, {{ product }}: {{ advantage }}.', { groups: ['wealthy', 'firms'] }),
    ],
    ['/script-templates/all', template('Guten Tag, {{ name }}.')],
  ]
  for (const [path, body] of puts) expect(await send('PUT', path, body, 0)).toMatchObject({ code: 200 })
})
afterAll(async () => {
  await second.close()
  await api.close()
})

test('calls that ask at the same moment in two processes store one script, whose uses are all counted', async () => {
  const asked = Array.from({ length: 8 }, (_, call) => choose('retail', `r-${call}`, {}, call % 2 === 0 ? api : second))
  const ids = new Set((await Promise.all(asked)).map(({ body }) => body['scriptId']))
  expect(ids.size).toBe(1)
  await choose('retail', 'r-0')
  expect(await list()).toMatchObject([
    { id: [...ids][0], template: 'all', language: 'de', product: null, useCount: 8, groups: [], author: 'Li' },
  ])
})

test('the same content serves several groups, with the features of each; another product text is another script', async () => {
  const chosen = async (customer: string, call: string) => {
    // Both templates apply; the hash of the call decides.
    for (let n = 0; ; n++) {
      const { body } = await choose(customer, `${call}-${n}`, { product: 'household' })
      if (body['template'] === 'short') return body
    }
  }
  const one = await chosen('private', 'p')
  expect((one['script'] as Body)['parts']).toMatchObject([{ text: 'private, Hausrat: es ist billig.' }])
  const other = await chosen('business', 'b')
  expect(other['scriptId']).toBe(one['scriptId'])
  const [script] = await list('?template=short')
  expect(script).toMatchObject({ id: one['scriptId'], product: 'household', useCount: 2 })
  expect(script!['groups']).toEqual([
    { targetGroup: 'firms', groupVersion: 1, features: ['customer.residence', 'customer.segment'] },
    { targetGroup: 'wealthy', groupVersion: 1, features: ['customer.segment'] },
  ])
  expect(await list('?targetGroup=firms&template=short')).toHaveLength(1)
  expect(await list('?targetGroup=nobody')).toEqual([])

  expect((await send('PUT', '/products/household', product('es ist gut'), 1)).code).toBe(200)
  const changed = await chosen('private', 'q')
  expect(changed['scriptId']).not.toBe(one['scriptId'])
  // A call that asks again is told what it was told before.
  const again = await choose('private', one['callId'] as string, { product: 'household' })
  expect(again.body).toEqual(one)
})

test('a script is read with its texts, previewed for a customer, paged, and exported', async () => {
  const [newest] = await list('?template=short')
  const id = String(newest!['id'])
  const whole = (await send('GET', `/scripts/${id}`)).body
  expect(whole).toMatchObject({ id, productValues: { product: 'Hausrat', advantage: 'es ist gut' }, reviews: [] })
  expect(whole['parts']).toMatchObject([{ id: 'opening', text: '{{ name }}, {{ product }}: {{ advantage }}.' }])
  const { body } = await send('GET', `/scripts/${id}/preview?customerId=retail`)
  expect(body['parts']).toMatchObject([{ text: 'retail, Hausrat: es ist gut.' }])
  expect((await send('GET', `/scripts/${id}/preview?customerId=nobody`)).code).toBe(404)
  expect((await send('GET', '/scripts/none')).body['detail']).toBe('There is no script "none".')

  const first = (await send('GET', '/scripts?limit=1')).body
  const rest = (await send('GET', `/scripts?limit=500&after=${String(first['next'])}`)).body
  const paged = [...(first['items'] as Body[]), ...(rest['items'] as Body[])]
  expect(paged).toEqual(await list())
  const csv = (await api.server.inject({ url: '/scripts.csv' })).body.trim().split('\n')
  expect(csv).toHaveLength(1 + paged.length)
  const { rows } = await api.database.pool.query(
    `select target_group, features from bi_scripts where use_count > 0 and template = 'short' order by created_at, 1`,
  )
  expect(rows[0]).toEqual({ target_group: 'firms', features: ['customer.residence', 'customer.segment'] })
})

describe('with review', () => {
  test('a rejected script is never used, also where no review is needed', async () => {
    const [script] = await list('?template=all')
    expect(await review(script!['id'], 'rejected', 'Mary')).toMatchObject({ code: 200, body: { number: 1 } })
    const { code, body } = await choose('retail', 'rejected')
    expect(code).toBe(422)
    expect(body['detail']).toMatch(/^No script may be used for this call: .* \(all, rejected\)\. Review one with POST/)
    expect((await choose('private', 'rejected')).body).toMatchObject({ template: 'short', propensity: 1 })
  })

  test('where scripts are reviewed, one is used only after somebody else than its author approved it', async () => {
    await policy(0, { reviewed: true })
    expect((await send('PUT', '/script-templates/all', template('Guten Morgen.'), 1)).code).toBe(200)
    expect((await choose('retail', 'new')).body['detail']).toMatch(/\(all, unreviewed\)/)
    const [waiting] = await list('?template=all&status=unreviewed')
    expect(waiting).toMatchObject({ templateVersion: 2, useCount: 0, lastUsedAt: null })
    const own = await review(waiting!['id'], 'approved', ' li ')
    expect(own).toMatchObject({ code: 409, body: { detail: expect.stringContaining('somebody else must review it') } })
    expect((await choose('retail', 'new')).code).toBe(422)
    expect((await review(waiting!['id'], 'approved', 'Mary')).code).toBe(200)
    expect((await choose('retail', 'new')).body).toMatchObject({ scriptId: waiting!['id'], templateVersion: 2 })
    expect((await review('none', 'approved', 'Mary')).code).toBe(404)
  })
})
