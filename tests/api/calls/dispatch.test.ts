import { callAttempts, type CallAttempt } from '../../../schemas/calls/call-attempts.ts'
import { campaignQueue, type QueuedEntry } from '../../../schemas/calls/campaign-queue.ts'
import { calls } from '../../../schemas/calls/calls.ts'
import { contactPermissions } from '../../../schemas/calls/contact-permissions.ts'
import { contactRefusals } from '../../../schemas/calls/contact-refusals.ts'
import { profiles } from '../../../schemas/customers/profiles.ts'
import { HOUR_MS, MINUTE_MS } from '../../../schemas/durations.ts'
import { deferCustomers, pruneDispatched } from '../../../store/calls/dispatched-calls.ts'
import { recordProgress } from '../../../store/operations/sink-progress.ts'
import { put } from '../../store/store-under-test.ts'
import { apiUnderTest, type ApiUnderTest } from '../api-under-test.ts'
import { queuedEntry } from './queued-entry.ts'

/** A Monday, 09:00 in New York. */
const NOW = Date.UTC(2026, 10, 9, 14)
let now = NOW

let api: ApiUnderTest
let unavailable = false
beforeAll(async () => {
  api = await apiUnderTest({
    simulatedClock: () => ({ now, speed: 1 }),
    publish(topic, events) {
      if (unavailable) return Promise.reject(new Error('no broker'))
      api.published.push({ topic, events })
      return Promise.resolve([])
    },
  })
})
beforeEach(async () => {
  now = NOW
  unavailable = false
  api.published.length = 0
  await recordProgress(api.database, 0, { decisiveAsOf: new Date() })
})
afterAll(() => api.close())

const send = async (method: 'GET' | 'PUT' | 'POST', url: string, payload?: object, version?: number) => {
  const headers = version === undefined ? {} : { 'if-match': `"${version}"` }
  const answer = await api.server.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) })
  return { code: answer.statusCode, body: answer.json<Readonly<Record<string, unknown>>>() }
}

interface Dispatched {
  readonly items: readonly { readonly attemptId: string; readonly customerId: string; readonly phone: string | null }[]
  readonly refused: readonly { readonly rule: string; readonly customers: number }[]
}
const dispatch = async (campaign: string, count: number): Promise<Dispatched> => {
  const { code, body } = await send('POST', `/campaigns/${campaign}/dispatch`, { count })
  expect(code).toBe(200)
  return body as unknown as Dispatched
}
const customersOf = ({ items }: Dispatched) => items.map(({ customerId }) => customerId)

async function campaign(name: string, state = 'running', version = 0, more: object = {}): Promise<void> {
  const value = { description: 'Loans', purpose: 'marketing', channel: 'call', jurisdiction: 'us', changedBy: 'me' }
  expect(await send('PUT', `/campaigns/${name}`, { ...value, state, ...more }, version)).toMatchObject({ code: 200 })
}

async function customers(ids: readonly string[], timeZone = 'America/New_York'): Promise<void> {
  const unknown = { sex: null, birthYear: null, registeredPlace: null, residence: null, segment: null, attributes: {} }
  const frame = (id: string) => ({ id: `p/${id}`, occurredAt: NOW - HOUR_MS, source: 'test', customerId: id, name: id })
  await put(
    api.database,
    profiles,
    ids.map((id) => ({ ...frame(id), timeZone, ...unknown })),
  )
}

let writes = 0
async function queued(campaignName: string, ids: readonly string[], changes: Partial<QueuedEntry> = {}): Promise<void> {
  const rows = ids.map((customerId, index) =>
    queuedEntry(campaignName, customerId, {
      ...{ id: `q${writes++}`, occurredAt: NOW + writes, value: 10, expectedValue: 100 - index },
      ...{ timeZone: 'America/New_York', ...changes },
    }),
  )
  await put(api.database, campaignQueue, rows)
}

const named = (prefix: string, count: number) => Array.from({ length: count }, (_, index) => `${prefix}${index}`)

test('the most valuable come first, and of dispatches at the same moment each gets others', async () => {
  await campaign('many')
  await customers(named('m', 40))
  await queued('many', named('m', 40))
  const answers = await Promise.all(Array.from({ length: 8 }, () => dispatch('many', 5)))
  expect(answers.flatMap(customersOf)).toEqual(named('m', 40))
  expect(new Set(answers.flatMap(({ items }) => items.map(({ attemptId }) => attemptId))).size).toBe(40)
  expect(await dispatch('many', 5)).toMatchObject({ items: [], refused: [] })
  const told = api.published.filter(({ topic }) => topic.name === callAttempts.name).flatMap(({ events }) => events)
  expect(told).toHaveLength(40)
  expect(told[0]).toMatchObject({ step: 'dispatched', campaign: 'many', customerId: 'm0', occurredAt: NOW })
})

test('a customer in a good hour comes before a slightly more valuable one', async () => {
  await campaign('hours')
  await customers(['h0', 'h1'])
  const rates = Array.from({ length: 24 }, (_, hour) => (hour === 9 ? 0.5 : 0.25))
  await queued('hours', ['h0'])
  await queued('hours', ['h1'], { expectedValue: 80, answerRates: rates })
  expect(customersOf(await dispatch('hours', 1))).toEqual(['h1'])
})

test('a list ordered by interest begins with customers who want the product', async () => {
  await campaign('wanted', 'running', 0, { order: 'best-interest', product: 'consumer-loan' })
  await customers(['i0', 'i1', 'i2'])
  await queued('wanted', ['i0'], { interest: 0.1, interestValue: 1 })
  await queued('wanted', ['i1'], { expectedValue: 1, interest: 0.9, interestValue: 9 })
  await queued('wanted', ['i2'], { interest: null, interestValue: 0.01 })
  const first = (await send('GET', '/campaigns/wanted/queue?limit=2')).body
  expect(first['items']).toMatchObject([{ customerId: 'i1', interestValue: 9 }, { customerId: 'i0' }])
  const rest = (await send('GET', `/campaigns/wanted/queue?after=${first['next'] as string}`)).body
  expect(rest['items']).toMatchObject([{ customerId: 'i2', interest: null }])
  expect((await dispatch('wanted', 2)).items).toMatchObject([
    { customerId: 'i1', interest: 0.9 },
    { customerId: 'i0', interest: 0.1 },
  ])
})

test('no customer is called before the reserved time', async () => {
  await campaign('later')
  await customers(['l0', 'l1'])
  await queued('later', ['l0'], { dueAt: NOW + MINUTE_MS })
  await queued('later', ['l1'], { state: 'unknown' })
  expect(customersOf(await dispatch('later', 2))).toEqual([])
  now += MINUTE_MS
  expect(customersOf(await dispatch('later', 2))).toEqual(['l0'])
})

test('a refused customer is recorded and retried when a call may be allowed; the others are dispatched', async () => {
  await campaign('west')
  await customers(['w0'], 'America/Los_Angeles')
  await customers(['w1'])
  await queued('west', ['w0', 'w1'])
  const first = await dispatch('west', 2)
  expect(customersOf(first)).toEqual(['w1'])
  expect(first.refused).toEqual([{ rule: 'hours', customers: 1 }])
  expect(api.published.find(({ topic }) => topic.name === contactRefusals.name)?.events).toMatchObject([
    { customerId: 'w0', campaign: 'west', rule: 'hours' },
  ])
  expect(await dispatch('west', 2)).toMatchObject({ items: [], refused: [] })
  now = NOW + 2 * HOUR_MS
  expect(customersOf(await dispatch('west', 2))).toEqual(['w0'])
})

test('an entry that can’t be recorded is not dispatched and stays available for the next request', async () => {
  await campaign('dark')
  await customers(['d0'])
  await customers(['d1'], 'America/Los_Angeles')
  await queued('dark', ['d0', 'd1'])
  unavailable = true
  expect((await send('POST', '/campaigns/dark/dispatch', { count: 2 })).code).toBe(503)
  unavailable = false
  expect(customersOf(await dispatch('dark', 2))).toEqual(['d0'])
})

test('a campaign that is not running dispatches no calls', async () => {
  await campaign('paused', 'paused')
  await customers(['s0'])
  await queued('paused', ['s0'])
  expect(await dispatch('paused', 1)).toMatchObject({ items: [], refused: [{ rule: 'campaign', customers: 1 }] })
  // No customer has to wait once the campaign is running.
  await campaign('paused', 'running', 1)
  expect(customersOf(await dispatch('paused', 1))).toEqual(['s0'])
  expect((await send('POST', '/campaigns/nothing/dispatch', { count: 1 })).code).toBe(404)
})

describe('a customer of two campaigns', () => {
  let attemptId: string
  beforeAll(async () => {
    for (const name of ['one', 'two']) await campaign(name)
    await customers(['t0'])
    for (const name of ['one', 'two']) await queued(name, ['t0'])
    await recordProgress(api.database, 0, { decisiveAsOf: new Date() })
    now = NOW
    const [item] = (await dispatch('one', 1)).items
    attemptId = item!.attemptId
  })

  test('is not dialled by the other campaign during a call', async () =>
    expect(await dispatch('two', 1)).toMatchObject({ items: [], refused: [] }))

  test('is not dialled again before the list has heard of the end', async () => {
    const url = `/campaigns/one/attempts/${attemptId}`
    now = NOW + MINUTE_MS
    expect(await send('PUT', url, { disposition: 'busy' })).toMatchObject({
      code: 200,
      body: { customerId: 't0', disposition: 'busy' },
    })
    expect(api.published).toMatchObject([
      { topic: { name: 'call-attempts' }, events: [{ step: 'completed', attemptId, disposition: 'busy' }] },
    ])
    expect(customersOf(await dispatch('one', 1))).toEqual([])
    await queued('one', ['t0'], { attempts: 1, lastAttemptId: attemptId, lastAttemptAt: NOW })
    expect(customersOf(await dispatch('one', 1))).toEqual(['t0'])
  })

  test('is refused by the contact rules after calls of both campaigns, before any call is reported', async () => {
    now = NOW + HOUR_MS
    expect(customersOf(await dispatch('two', 1))).toEqual(['t0'])
    const [, newest] = [await queued('two', ['t0'], { lastAttemptAt: now }), now]
    now = newest + HOUR_MS
    expect(await dispatch('two', 1)).toMatchObject({ items: [], refused: [{ rule: 'attempts', customers: 1 }] })
  })

  test('a reported call counts once and not twice', async () => {
    await customers(['t1'])
    await queued('one', ['t1'])
    const [item] = (await dispatch('one', 1)).items
    const call = {
      callId: item!.attemptId,
      agentId: null,
      direction: 'outbound' as const,
      answered: false,
      durationS: 0,
    }
    const rest = { campaign: 'one', product: null, clicks: 0, satisfaction: null, turns: [], context: {} }
    const frame = { id: 'call', occurredAt: NOW + MINUTE_MS, source: 'test', customerId: 't1' }
    await put(api.database, calls, [{ ...frame, ...call, ...rest, script: null, scriptVersion: null }])
    for (let index = 0; index < 2; index++) {
      await queued('one', ['t1'], { lastAttemptAt: now })
      now += HOUR_MS
      expect(customersOf(await dispatch('one', 1))).toEqual(['t1'])
    }
    await queued('one', ['t1'], { lastAttemptAt: now })
    now += HOUR_MS
    expect((await dispatch('one', 1)).refused).toEqual([{ rule: 'attempts', customers: 1 }])
  })
})

describe('the outcome of a call', () => {
  let url: string
  beforeAll(async () => {
    now = NOW
    await campaign('told')
    await customers(['o0'])
    await queued('told', ['o0'])
    await recordProgress(api.database, 0, { decisiveAsOf: new Date() })
    url = `/campaigns/told/attempts/${(await dispatch('told', 1)).items[0]!.attemptId}`
  })

  test.each([
    ['a code that is none', {}, { disposition: 'bored' }, 422, 'GET /dispositions'],
    [
      'a callback in the past',
      {},
      { disposition: 'callback', callbackAt: '2020-01-01T00:00:00Z' },
      422,
      'in the future',
    ],
    ['a field that is none', {}, { disposition: 'busy', mood: 'good' }, 400, ''],
    ['a call that was not dispatched', { url: '/campaigns/told/attempts/nothing' }, { disposition: 'busy' }, 404, ''],
    ['the call of another campaign', { other: true }, { disposition: 'busy' }, 404, ''],
  ])('%s is refused', async (_, where: { url?: string; other?: boolean }, body, code, words) => {
    const to = where.other === true ? url.replace('/told/', '/one/') : (where.url ?? url)
    const answer = await send('PUT', to, body)
    expect(answer.code).toBe(code)
    expect(JSON.stringify(answer.body)).toContain(words)
    expect(api.published).toEqual([])
  })

  test('a do-not-call is sent first, for every purpose', async () => {
    const callbackAt = new Date(NOW + HOUR_MS).toISOString()
    expect((await send('PUT', url, { disposition: 'do-not-call', agentId: 'mary', callbackAt })).code).toBe(200)
    expect(api.published.map(({ topic }) => topic.name)).toEqual([contactPermissions.name, callAttempts.name])
    const [wish, outcome] = api.published.map(({ events }) => events[0])
    expect(wish).toMatchObject({ customerId: 'o0', kind: 'do-not-call', purpose: null, channel: null })
    expect(outcome as unknown as CallAttempt).toMatchObject({
      disposition: 'do-not-call',
      agentId: 'mary',
      callbackAt: NOW + HOUR_MS,
    })
  })

  test('while Kafka is away, nothing is taken', async () => {
    unavailable = true
    expect((await send('PUT', url, { disposition: 'do-not-call' })).code).toBe(503)
  })
})

describe('pacing by agents', () => {
  const paced = async (agents: object) => (await send('POST', '/campaigns/fast/dispatch', { agents })).body
  const outcomes = async (count: number, disposition: string) => {
    const frame = { source: 'test', customerId: 'x', campaign: 'fast', callbackAt: null, agentId: null }
    await put(
      api.database,
      callAttempts,
      named(`${disposition}-`, count).map((id): CallAttempt => ({
        ...frame,
        id,
        attemptId: id,
        step: 'completed',
        disposition,
        occurredAt: now,
      })),
    )
  }
  beforeAll(async () => {
    now = NOW
    await campaign('fast', 'running', 0, { pacing: 'predictive' })
    await customers(named('p', 60))
    await queued('fast', named('p', 60))
    // Before any call is answered, no limit can bear a call beyond one per agent.
    await outcomes(97, 'converted')
  })

  test('a predictive campaign dials more from minute to minute while agents wait, a progressive one never', async () => {
    expect(await paced({ waiting: 4, talking: 6, ringing: 1 })).toMatchObject({
      pacing: { mode: 'predictive', level: 1.1, count: 3, abandonShare: 0 },
      items: { length: 3 },
    })
    now += 59_000
    expect(await paced({ waiting: 10, talking: 0, ringing: 0 })).toMatchObject({ pacing: { level: 1.1, count: 11 } })
    now += 1_000
    expect(await paced({ waiting: 10, talking: 0, ringing: 0 })).toMatchObject({ pacing: { level: 1.2, count: 12 } })
    const agents = { waiting: 10, talking: 0, ringing: 10 }
    expect((await send('POST', '/campaigns/many/dispatch', { agents })).body).toMatchObject({
      pacing: { mode: 'progressive', level: 1, count: 0, abandonShare: null },
      items: [],
    })
  })

  test('the figures behind the pacing are visible', async () => {
    expect((await send('GET', '/campaigns/fast/pacing')).body).toMatchObject({
      ...{ mode: 'predictive', level: 1.2, levelMax: 4, adaptedAt: new Date(NOW + MINUTE_MS).toISOString() },
      ...{ answered: 97, abandoned: 0, abandonShare: 0, abandonShareMax: 0.03, limitByRules: true },
    })
    expect((await send('GET', '/campaigns/many/pacing')).body).toMatchObject({ mode: 'progressive', levelMax: 1 })
    expect((await send('GET', '/campaigns/nothing/pacing')).code).toBe(404)
  })

  test('with as many abandoned calls as the law allows, pacing returns to one call per agent', async () => {
    await outcomes(3, 'abandoned')
    await outcomes(500, 'no-answer')
    now = NOW + 2 * MINUTE_MS
    expect(await paced({ waiting: 10, talking: 0, ringing: 0 })).toMatchObject({
      pacing: { level: 1, count: 10, abandonShare: 0.03 },
    })
    expect((await send('GET', '/campaigns/fast/pacing')).body).toMatchObject({ answered: 100, abandoned: 3 })
  })

  test('there is only one way to set the number of calls', async () => {
    const agents = { waiting: 1, talking: 0, ringing: 0 }
    for (const body of [{}, { count: 1, agents }])
      expect((await send('POST', '/campaigns/fast/dispatch', body)).code).toBe(422)
  })
})

test('the queue in its order, and the funnel of a campaign', async () => {
  await campaign('seen')
  await customers(['f0', 'f1', 'f2'])
  await queued('seen', ['f0', 'f1', 'f2'])
  await queued('seen', ['f2'], { state: 'done', attempts: 2, lastDisposition: 'converted', expectedValue: 98 })
  const step = { source: 'test', customerId: 'f2', campaign: 'seen', callbackAt: null, agentId: null }
  const told = (id: string, attemptId: string, disposition: string, at: number): CallAttempt => ({
    ...step,
    ...{ id, attemptId, step: 'completed', disposition, occurredAt: at },
  })
  await put(api.database, callAttempts, [
    told('1', 'x', 'busy', NOW),
    told('2', 'y', 'busy', NOW + 1),
    told('3', 'y', 'converted', NOW + 2),
  ])
  const queue = async (query: string) =>
    (await send('GET', `/campaigns/seen/queue${query}`)).body as { items: { customerId: string }[]; next: string }
  const first = await queue('?limit=2')
  expect(first.items.map(({ customerId }) => customerId)).toEqual(['f0', 'f1'])
  expect((await queue(`?limit=2&after=${first.next}`)).items.map(({ customerId }) => customerId)).toEqual(['f2'])
  expect((await queue('?state=done')).items).toMatchObject([{ customerId: 'f2', customerName: 'f2', attempts: 2 }])
  expect((await send('GET', '/campaigns/seen/funnel')).body).toEqual({
    ...{ campaign: 'seen', listed: 3, called: 1, reached: 1, interested: 1, refusals: [] },
    states: [
      { state: 'done', customers: 1 },
      { state: 'waiting', customers: 2 },
    ],
    dispositions: [
      { disposition: 'busy', calls: 1, customers: 1 },
      { disposition: 'converted', calls: 1, customers: 1 },
    ],
  })
  expect((await send('GET', '/call-attempts?campaign=seen')).body['items']).toHaveLength(3)
  await deferCustomers(api.database, 'seen', new Map([['f1', new Date(NOW + HOUR_MS)]]))
  expect((await queue('?state=waiting')).items).toMatchObject([
    { customerId: 'f0', refusedUntil: null },
    { customerId: 'f1', refusedUntil: new Date(NOW + HOUR_MS).toISOString() },
  ])
})

test('what no decision needs any more is dropped', async () => {
  expect(await pruneDispatched(api.database, new Date(NOW - HOUR_MS))).toBe(0)
  expect(await pruneDispatched(api.database, new Date(NOW + 100 * HOUR_MS))).toBeGreaterThan(40)
})
