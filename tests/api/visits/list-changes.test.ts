import { DAY_MS } from '../../../schemas/durations.ts'
import { scores } from '../../../schemas/models/scores.ts'
import { priorities } from '../../../schemas/visits/priorities.ts'
import { opportunities, type Opportunity } from '../../../schemas/visits/visits.ts'
import { put } from '../../store/store-under-test.ts'
import { apiUnderTest, type ApiUnderTest } from '../api-under-test.ts'
import { NOW, priorityOf, scoreOf, storeWorld } from '../stored-world.ts'

let api: ApiUnderTest

const record = (customerId: string, at: number, more: Partial<Opportunity> = {}): Opportunity => ({
  id: `opportunity/${customerId}/${at}`,
  occurredAt: at,
  source: 'test',
  opportunityId: `o-${customerId}`,
  revision: 1,
  customerId,
  salespersonId: 's-1',
  teamId: 'team-1',
  product: 'loan',
  stage: 'sale',
  status: 'open',
  valueMinor: 1,
  currency: 'CNY',
  plannedCloseAt: null,
  ...more,
})

beforeAll(async () => {
  api = await apiUnderTest({ simulatedClock: () => ({ now: NOW, speed: 60 }) })
  await storeWorld(api.database)
  // Of s-1: c-1 was visited an hour ago, c-3 stayed, c-5 was won, c-6 is new, c-7 is known but unvisited.
  const own = { salespersonId: 's-1' }
  await put(api.database, scores, [
    scoreOf('conversion', 'c-1', 0.9, NOW - 3_600_000),
    scoreOf('conversion', 'c-5', 0.8, NOW - 9 * DAY_MS, own),
    scoreOf('conversion', 'c-6', 0.7, NOW - 3_600_000, own),
  ])
  await put(api.database, opportunities, [
    record('c-5', NOW - 7_200_000, { status: 'won' }),
    record('c-6', NOW - 7_200_000),
    record('c-7', NOW - 3 * DAY_MS),
  ])
  const list = priorityOf('salesperson', 's-1', ['c-1', 'c-6', 'c-3', 'c-7'])
  const probabilities = [0.9, 0.7, 0.55, 0.1]
  const entries = list.entries.map((entry, index) => ({ ...entry, probability: probabilities[index]! }))
  await put(api.database, priorities, [{ ...list, entries }])
})
afterAll(() => api.close())

const get = async (url: string) => {
  const answer = await api.server.inject({ url })
  return { status: answer.statusCode, body: answer.json() }
}

test('what is new, gone, and up or down since yesterday, with both ranks and probabilities', async () => {
  const { body } = await get('/salespeople/s-1/list-changes')
  expect(body).toMatchObject({ since: new Date(NOW - DAY_MS).toISOString(), changed: 3, unchanged: 2 })
  expect(body.items).toEqual([
    expect.objectContaining({ change: 'new', customerId: 'c-6', probabilityBefore: null, rank: 2, status: 'open' }),
    expect.objectContaining({ change: 'gone', customerId: 'c-5', status: 'won', rankBefore: 1, probability: null }),
    expect.objectContaining({ change: 'up', customerName: '王秀英', rank: 1, rankBefore: 2, probabilityBefore: 0.75 }),
  ])
})

test('an unvisited opportunity had the assumed probability; before it was on record, it is new', async () => {
  const kinds = async (since: number) => {
    const { body } = await get(`/salespeople/s-1/list-changes?since=${new Date(since).toISOString()}`)
    return Object.fromEntries(
      body.items.map((one: { customerId: string; change: string }) => [one.customerId, one.change]),
    )
  }
  expect(await kinds(NOW - 2 * DAY_MS)).not.toHaveProperty('c-7')
  expect(await kinds(NOW - 4 * DAY_MS)).toMatchObject({ 'c-7': 'new', 'c-5': 'gone', 'c-1': 'up' })
})

test('a salesperson without a list is named, and a time that is none is refused', async () => {
  expect(await get('/salespeople/nobody/list-changes')).toMatchObject({ status: 404 })
  expect(await get('/salespeople/s-1/list-changes?since=yesterday')).toMatchObject({ status: 400 })
})
