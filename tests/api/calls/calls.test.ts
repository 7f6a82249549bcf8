import { firstOutcome, outcomes } from '../../../schemas/models/outcomes.ts'
import { calls, type Call } from '../../../schemas/calls/calls.ts'
import { profiles } from '../../../schemas/customers/profiles.ts'
import { DAY_MS, SECOND_MS } from '../../../schemas/durations.ts'
import { put } from '../../store/store-under-test.ts'
import { apiUnderTest, type ApiUnderTest } from '../api-under-test.ts'

const AT = Date.UTC(2026, 10, 9)

const callOf = (callId: string, more: Partial<Call> = {}): Call => ({
  ...{ id: callId, occurredAt: AT, source: 'test', customerId: callId, callId, agentId: null, direction: 'outbound' },
  ...{ answered: true, durationS: 60, campaign: null, product: null, clicks: 0, satisfaction: null, turns: [] },
  ...{ context: {}, script: 'a', scriptVersion: 1 },
  ...more,
})
/** Outcome of a call that began a minute before the outcome. */
const outcomeOf = (customerId: string, value: number) => ({
  ...{ id: `o/${customerId}`, occurredAt: AT + 1, source: 'test', customerId, subjectId: customerId },
  ...{ task: 'call-conversion', value, asOf: AT - 60 * SECOND_MS - 1, ...firstOutcome },
})

let api: ApiUnderTest
beforeAll(async () => {
  api = await apiUnderTest()
  const { database } = api
  await put(database, calls, [
    callOf('k1', { satisfaction: 5, clicks: 2 }),
    callOf('k2', { durationS: 120 }),
    callOf('k3', { answered: false, durationS: 0 }),
    callOf('k4', { scriptVersion: 2, answered: false, durationS: 0 }),
    callOf('k5', { occurredAt: AT - 40 * DAY_MS }),
    callOf('k6', { script: null, scriptVersion: null, direction: 'inbound', occurredAt: AT - DAY_MS }),
  ])
  await put(database, outcomes, [outcomeOf('k1', 1), outcomeOf('k2', 0), outcomeOf('k5', 1)])
  const unknown = { sex: null, birthYear: null, registeredPlace: null, residence: null, segment: null, attributes: {} }
  await put(database, profiles, [
    { id: 'p', occurredAt: AT, source: 'test', customerId: 'k6', name: 'Ada', timeZone: 'UTC', ...unknown },
  ])
})
afterAll(() => api.close())

const get = async (url: string) => (await api.server.inject({ url })).json<{ items: Record<string, unknown>[] }>().items

test('calls are listed by their end, newest first, and a repeated call replaces the earlier record', async () => {
  expect((await get('/calls')).map(({ callId }) => callId)).toEqual(['k4', 'k3', 'k2', 'k1', 'k6', 'k5'])
  expect(await get('/calls?customerId=k6')).toMatchObject([{ customerName: 'Ada', script: null, turnCount: 0 }])
  expect(await get('/calls?script=a&answered=false')).toHaveLength(2)
  await put(api.database, calls, [callOf('k6', { script: null, scriptVersion: null, durationS: 9 })])
  expect(await get('/calls?customerId=k6')).toMatchObject([{ durationS: 9 }])
})

test('the quality of a script is the outcome of its calls in the latest days, with intervals', async () => {
  const [first, second] = await get('/script-quality')
  expect(first).toMatchObject({
    ...{ script: 'a', scriptVersion: 1, calls: 3, answered: 2, decided: 2, ratings: 1, satisfaction: 5, clicks: 1 },
    answerRate: { value: 2 / 3 },
    talkSeconds: { value: 90, lower: expect.closeTo(90 - 58.8, 1) as number },
    conversionRate: { value: 0.5 },
  })
  expect(second).toMatchObject({
    ...{ scriptVersion: 2, calls: 1, answered: 0, satisfaction: null, clicks: null, talkSeconds: null },
    answerRate: { value: 0, lower: 0 },
    conversionRate: null,
  })
  expect(await get('/script-quality?days=60')).toMatchObject([{ calls: 4, decided: 2 }, { calls: 1 }])
})
