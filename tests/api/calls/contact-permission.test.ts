import { usRules } from '../../../processors/calls/contact/us-rules.ts'
import { calls } from '../../../schemas/calls/calls.ts'
import { contactPermissions, type ContactPermission } from '../../../schemas/calls/contact-permissions.ts'
import { contactRefusals, type ContactRefusal } from '../../../schemas/calls/contact-refusals.ts'
import { profiles } from '../../../schemas/customers/profiles.ts'
import { HOUR_MS, MINUTE_MS } from '../../../schemas/durations.ts'
import { recordProgress } from '../../../store/operations/sink-progress.ts'
import { put } from '../../store/store-under-test.ts'
import { apiUnderTest, type ApiUnderTest } from '../api-under-test.ts'

/** A Monday, 09:00 in New York. */
const NOW = Date.UTC(2026, 10, 9, 14)
let now = NOW

const campaign = { description: 'Loans', purpose: 'marketing', channel: 'call', jurisdiction: 'us', changedBy: 'me' }

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
  const { database } = api
  const unknown = { sex: null, birthYear: null, registeredPlace: null, residence: null, segment: null, attributes: {} }
  const ny = 'America/New_York'
  const zones = { ny, asks: ny, agrees: ny, called: ny, la: 'America/Los_Angeles', nowhere: 'UTC' }
  await put(
    database,
    profiles,
    Object.entries(zones).map(([customerId, timeZone]) => ({
      ...{ id: `p/${customerId}`, occurredAt: NOW - HOUR_MS, source: 'test', customerId, name: customerId, timeZone },
      ...unknown,
    })),
  )
  for (const name of ['loans', 'stopped'])
    expect(await call('PUT', `/campaigns/${name}`, { ...campaign, state: 'running' }, 0)).toMatchObject({ code: 200 })
})
beforeEach(async () => {
  now = NOW
  unavailable = false
  await recordProgress(api.database, 0, { decisiveAsOf: new Date() })
})
afterAll(() => api.close())

const call = async (method: 'GET' | 'PUT' | 'POST', url: string, payload?: object, version?: number) => {
  const headers = version === undefined ? {} : { 'if-match': `"${version}"` }
  const answer = await api.server.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) })
  return { code: answer.statusCode, body: answer.json<{ items: Record<string, unknown>[]; [name: string]: unknown }>() }
}
const permission = async (id: string, query = 'purpose=marketing&jurisdiction=us') =>
  (await call('GET', `/customers/${id}/contact-permission?${query}`)).body as unknown as {
    readonly permitted: boolean
    readonly checks: readonly { readonly rule: string; readonly passed: boolean; readonly detail: string }[]
  }
const refused = async (id: string, query?: string) =>
  (await permission(id, query)).checks.filter(({ passed }) => !passed).map(({ rule }) => rule)
const decide = async (customerIds: readonly string[], campaign = 'loans') => {
  const { code, body } = await call('POST', '/contact-decisions', { campaign, customerIds })
  return { code, items: body.items?.map(({ customerId, rule }) => [customerId, rule]) }
}
const said = (id: string, customerId: string, changes: Partial<ContactPermission>): ContactPermission => ({
  ...{ id, occurredAt: NOW - HOUR_MS, source: 'crm', customerId, kind: 'do-not-call', purpose: null, channel: null },
  ...{ form: null, expiresAt: null, evidence: null },
  ...changes,
})
const attempt = (callId: string, customerId: string, occurredAt: number) => ({
  ...{ id: callId, occurredAt, source: 'test', customerId, callId, agentId: null, direction: 'outbound' as const },
  ...{ answered: false, durationS: 0, campaign: 'loans', product: null, clicks: 0, satisfaction: null, turns: [] },
  ...{ context: {}, script: null, scriptVersion: null },
})

test('whether a customer may be called depends on the customer’s local hour', async () => {
  expect(await permission('ny')).toMatchObject({
    ...{ permitted: true, customerId: 'ny', timeZone: 'America/New_York', rulesVersion: 0, campaign: null },
    announcement: expect.stringMatching(/sales call/) as string,
  })
  expect(await permission('la')).toMatchObject({
    permitted: false,
    checks: expect.arrayContaining([
      {
        rule: 'hours',
        ruleVersion: 0,
        passed: false,
        detail: expect.any(String) as string,
        until: '2026-11-09T16:00:00.000Z',
      },
    ]) as unknown[],
  })
  expect(await permission('nowhere')).toMatchObject({ permitted: false, timeZone: null })
  expect(await refused('ny', 'purpose=marketing&jurisdiction=nowhere')).toEqual(
    expect.arrayContaining(['rules', 'hours']),
  )
  expect(await refused('ny', 'purpose=marketing&jurisdiction=us&channel=automated-call')).toEqual(['consent'])
  for (const url of [
    'nobody/contact-permission?purpose=service&jurisdiction=us',
    'ny/contact-permission?purpose=service&jurisdiction=us&campaign=no',
  ])
    expect(await call('GET', `/customers/${url}`)).toMatchObject({ code: 404 })
})

test('a do-not-call applies from the next decision on, even if an event with the same id was sent before', async () => {
  await put(api.database, contactPermissions, [said('same', 'la', { kind: 'consent-given' })])
  expect((await decide(['asks'])).items).toEqual([['asks', null]])
  await put(api.database, contactPermissions, [said('same', 'asks', {})])
  expect((await decide(['asks'])).items).toEqual([['asks', 'do-not-call']])
  await put(api.database, contactPermissions, [said('lifted', 'asks', { kind: 'do-not-call-lifted', occurredAt: NOW })])
  expect((await decide(['asks'])).items).toEqual([['asks', null]])
  const { body } = await call('GET', '/contact-permissions?customerId=asks')
  expect(body.items.map(({ id, kind }) => [id, kind])).toEqual([
    ['lifted', 'do-not-call-lifted'],
    ['same', 'do-not-call'],
  ])
})

test('a consent of the right form permits calls that need one', async () => {
  const automated = 'purpose=service&jurisdiction=us&channel=automated-call'
  expect(await refused('agrees', automated)).toEqual(['consent'])
  const consent = said('oral', 'agrees', {
    kind: 'consent-given',
    form: 'oral',
    purpose: 'service',
    evidence: 'call 7',
  })
  await put(api.database, contactPermissions, [consent])
  expect(await refused('agrees', automated)).toEqual([])
  expect(await refused('agrees', automated.replace('service', 'marketing'))).toEqual(['consent'])
})

test('outbound calls of the day are attempts', async () => {
  const made = [1, 2, 3].map((number) => attempt(`a${number}`, 'called', NOW - number * MINUTE_MS))
  await put(api.database, calls, made.slice(0, 2))
  expect(await refused('called')).toEqual([])
  await put(api.database, calls, made.slice(2))
  expect(await refused('called')).toEqual(['attempts'])
  now = NOW + 24 * HOUR_MS
  expect(await refused('called')).toEqual([])
})

test('each refusal is recorded with its rule and version, and counted by campaign', async () => {
  api.published.length = 0
  const { code, items } = await decide(['ny', 'la', 'nobody', 'la'])
  expect({ code, items }).toEqual({
    code: 200,
    items: [
      ['ny', null],
      ['la', 'hours'],
      ['nobody', 'customer'],
    ],
  })
  const [{ topic, events }] = api.published as [(typeof api.published)[number]]
  expect(topic).toBe(contactRefusals)
  expect(events).toMatchObject([
    {
      customerId: 'la',
      campaign: 'loans',
      rule: 'hours',
      ruleVersion: 0,
      until: Date.UTC(2026, 10, 9, 16),
      otherRules: [],
    },
    { customerId: 'nobody', rule: 'customer', until: null, otherRules: ['consent', 'attempts', 'holiday', 'hours'] },
  ])
  await put(api.database, contactRefusals, events as unknown as ContactRefusal[])
  expect((await call('GET', '/contact-refusals?rule=hours')).body.items).toMatchObject([
    { customerId: 'la', customerName: 'la', detail: expect.stringMatching(/America\/Los_Angeles/) as string },
  ])
  expect((await call('GET', '/contact-refusals/summary')).body.items).toMatchObject([
    { campaign: 'loans', rule: 'customer', ruleVersion: 0, customers: 1, refusals: 1 },
    { campaign: 'loans', rule: 'hours', customers: 1, refusals: 1 },
  ])
  expect((await call('GET', '/contact-refusals/summary?campaign=other')).body.items).toEqual([])
})

test('no call is permitted while the platform lags behind, refusals can’t be recorded, or the campaign is paused', async () => {
  await api.database.deleteFrom('sink_progress').execute()
  expect((await decide(['ny'])).items).toEqual([['ny', 'state']])
  await recordProgress(api.database, 0, { decisiveAsOf: new Date(Date.now() - MINUTE_MS) })
  expect((await decide(['ny'])).items).toEqual([['ny', 'state']])
  // One partition is up to date, and another has never been heard of.
  await recordProgress(api.database, 0, { decisiveAsOf: new Date() })
  await recordProgress(api.database, 1, {})
  expect((await decide(['ny'])).items).toEqual([['ny', 'state']])
  // By a clock that is ahead.
  await recordProgress(api.database, 1, { decisiveAsOf: new Date(Date.now() + MINUTE_MS) })
  await api.database.deleteFrom('sink_progress').where('partition', '=', 0).execute()
  expect((await decide(['ny'])).items).toEqual([['ny', 'state']])
  await api.database.deleteFrom('sink_progress').execute()
  await recordProgress(api.database, 0, { decisiveAsOf: new Date() })
  unavailable = true
  expect(await decide(['ny', 'la'])).toMatchObject({ code: 503 })
  unavailable = false
  await recordProgress(api.database, 0, { decisiveAsOf: new Date() })
  expect((await decide(['ny'], 'stopped')).items).toEqual([['ny', null]])
  const paused = { ...campaign, state: 'paused' }
  expect(await call('PUT', '/campaigns/stopped', paused, 1)).toMatchObject({ code: 200 })
  expect((await decide(['ny'], 'stopped')).items).toEqual([['ny', 'campaign']])
  expect(await decide(['ny'], 'unknown')).toMatchObject({ code: 404 })
})

test('rules are edited with their version, and contradictory rules are refused', async () => {
  const hours = [{ days: ['mon'], from: '10:00', to: '12:00' }]
  const law = { ...usRules, rules: usRules.rules.map((rule) => ({ ...rule, hours })) }
  const odd = { ...law, timeZones: [], changedBy: 'me' }
  expect(await call('PUT', '/contact-rules/us-x', odd, 0)).toMatchObject({ code: 400 })
  expect(await call('PUT', '/contact-rules/us-x', { ...law, changedBy: 'me' }, 0)).toMatchObject({ code: 200 })
  expect(await permission('ny', 'purpose=marketing&jurisdiction=us-x')).toMatchObject({
    permitted: false,
    rulesVersion: 1,
  })
})
