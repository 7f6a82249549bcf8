import type { DecisionFields } from '../../../features/calls/routing/desk-step.ts'
import { agentStates } from '../../../schemas/calls/agent-states.ts'
import { routingDecisions } from '../../../schemas/calls/routing-decisions.ts'
import { agent, openDesk } from '../../features/calls/routing/desks.ts'
import { put } from '../../store/store-under-test.ts'
import { apiUnderTest, type ApiUnderTest } from '../api-under-test.ts'

/** The desk’s time follows the test’s clock: states apply from now on. */
const NOW_SECONDS = Math.floor((Date.now() - Date.UTC(2026, 2, 2)) / 1_000)

let api: ApiUnderTest
let decided: readonly DecisionFields[]
beforeAll(async () => {
  api = await apiUnderTest()
  const desk = openDesk()
  const at = NOW_SECONDS - 100
  desk.agent(at, 'ann', { expertise: { loan: 0.9 }, queues: ['loans'] })
  desk.agent(at, 'bob', { queues: ['loans'] })
  desk.ask(at + 1, 'r1', { intent: 'loan' })
  desk.answer(at + 2, 'r1/1', 'accepted')
  desk.ask(at + 3, 'r2')
  desk.ask(at + 4, 'r3')
  desk.answer(at + 5, 'r2/7', 'accepted')
  decided = desk.all
  await put(
    api.database,
    agentStates,
    ['ann', 'bob', 'gone'].map((id) => agent(id === 'gone' ? at - 9_000 : at, id, { queues: ['loans'] })),
  )
  await put(
    api.database,
    routingDecisions,
    decided.map((one, number) => ({
      ...{ id: `d${number}`, occurredAt: Date.UTC(2026, 2, 2) + (at + number) * 1_000, source: 'test', ...one },
    })),
  )
})
afterAll(() => api.close())

const get = async <T>(url: string) => (await api.server.inject({ url })).json<T>()

test('a desk shows its agents at work, and its calls that are waiting, offered or in conversation', async () => {
  expect(decided.map(({ state }) => state)).toEqual(['pending', 'accepted', 'pending', 'waiting', 'late'])
  const desk = await get<Record<string, Record<string, unknown>[]>>('/desks/sales')
  expect(desk.agents!.map(({ agentId, calls }) => [agentId, calls])).toEqual([
    ['ann', 1],
    ['bob', 1],
  ])
  expect(desk.active).toMatchObject([{ requestId: 'r1', agentId: 'ann', state: 'accepted', customerName: null }])
  // The late answer does not change the call’s state.
  expect(desk.offered).toMatchObject([{ requestId: 'r2', agentId: 'bob', state: 'pending', offers: 1 }])
  expect(desk.waiting).toMatchObject([{ requestId: 'r3', reason: 'All who can take it are busy.' }])
  expect(desk.waiting![0]!.waitedMs).toBeGreaterThan(90_000)
  expect((await api.server.inject({ url: '/desks/nowhere' })).statusCode).toBe(404)
})

test('desks are listed with their load, the longest wait and the release of the plan that applies', async () => {
  const load = { desk: 'sales', agents: 2, waiting: 1, offered: 1, active: 1, release: 'EVALUATION' }
  const { items, next } = await get<{ items: Record<string, unknown>[]; next: unknown }>('/desks?limit=1')
  expect([items, next]).toMatchObject([[load], null])
  const waited = (NOW_SECONDS - 100 + 4) * 1_000 + Date.UTC(2026, 2, 2)
  expect(Date.parse(items[0]!['waitingSince'] as string)).toBeCloseTo(waited, -4)
  expect((await api.server.inject({ url: '/desks.csv' })).body).toContain('sales')
})

test('decisions are listed with the parts of their scores, newest first, as a page and as a file', async () => {
  const { items } = await get<{ items: Record<string, unknown>[] }>('/routing-decisions?desk=sales&state=pending')
  expect(items.map(({ requestId }) => requestId)).toEqual(['r2', 'r1'])
  expect(items[1]).toMatchObject({
    ...{ agentId: 'ann', queue: 'loans', decidedBy: 'score', considered: 2, customerName: null },
    agents: [{ name: 'ann', expertise: 0.9, load: 0, performance: 0.5, known: false }, { name: 'bob' }],
  })
  expect(await get('/routing-decisions?requestId=r1&agentId=ann')).toMatchObject({ items: [{}, {}], next: null })
  const lines = (await api.server.inject({ url: '/routing-decisions.ndjson?desk=sales' })).body.trim().split('\n')
  expect(lines).toHaveLength(5)
})
