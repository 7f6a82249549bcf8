import { visitFeatures } from '../../../features/visits/visits.ts'
import { lastServed } from '../../../store/models/served-scores.ts'
import { apiUnderTest, type ApiUnderTest } from '../api-under-test.ts'
import { priorities } from '../../../schemas/visits/priorities.ts'
import { put } from '../../store/store-under-test.ts'
import { NOW, priorityOf, storeWorld } from '../stored-world.ts'

const DAY_MS = 86_400_000

let api: ApiUnderTest

beforeAll(async () => {
  api = await apiUnderTest()
  await storeWorld(api.database)
})
afterAll(() => api.close())

const get = async (url: string) => {
  const answer = await api.server.inject({ url })
  return { status: answer.statusCode, body: answer.json() }
}

describe('priorities', () => {
  test('the overall list comes first, best entries first', async () => {
    const { body } = await get('/priorities')
    expect(body).toMatchObject({ scope: 'overall', owner: 'all', openCount: 7, absent: null })
    expect(
      body.entries.map(({ place, customerName }: { place: number; customerName: string }) => [place, customerName]),
    ).toEqual([
      [1, '王秀英'],
      [2, 'Nadja Petrova'],
      [3, '李伟'],
    ])
  })
  test('each entry has its expected value, reasons and the next action; days are counted at the time of reading', async () => {
    const { body } = await get('/priorities')
    expect(body).toMatchObject({ order: 'probability' })
    expect(body.entries[0]).toMatchObject({
      rank: 1,
      valueRank: 3,
      trend: 0.12,
      visitCount: 2,
      daysSinceVisit: Math.floor((Date.now() - (NOW - 9 * DAY_MS)) / DAY_MS),
      reasons: ['Visited 2 times.', 'Worth 200,000 CNY.'],
      action: { code: 'visit-this-week' },
    })
    expect(body.entries[1]).toMatchObject({ probabilityAssumed: true, lastVisitAt: null, daysSinceVisit: null })
  })
  test('by expected value the same entries come in their other order', async () => {
    const { body } = await get('/priorities?order=value')
    expect(body).toMatchObject({ order: 'value', openCount: 7 })
    expect(
      body.entries.map(({ place, rank, customerId }: { place: number; rank: number; customerId: string }) => [
        place,
        rank,
        customerId,
      ]),
    ).toEqual([
      [1, 3, 'c-2'],
      [2, 2, 'c-3'],
      [3, 1, 'c-1'],
    ])
    expect((await get('/priorities?order=luck')).status).toBe(400)
  })
  test('a list of an older version is in order of probability, and has no other order', async () => {
    const plain = priorityOf('team', 'old', ['c-1', 'c-2'])
    const entries = plain.entries.map((entry) => ({ ...entry, rank: null, valueRank: null, outlook: null }))
    await put(api.database, priorities, [{ ...plain, entries }])
    expect((await get('/priorities?scope=team&owner=old')).body.entries).toMatchObject([
      { place: 1, customerId: 'c-1', expectedValueMinor: null, reasons: [], action: null },
      { place: 2, customerId: 'c-2' },
    ])
    expect((await get('/priorities?scope=team&owner=old&order=value')).body.entries).toEqual([])
  })
  test('without a released model, a list of unvisited opportunities says that the rest is missing', async () => {
    const list = priorityOf('team', 'new', ['c-3'])
    await put(api.database, priorities, [list])
    expect((await get('/priorities?scope=team&owner=new')).body.absent).toBe(
      'No model is released for conversion yet. Until then, only opportunities without a visit are listed.',
    )
  })
  test('of a salesperson', async () => {
    const { body } = await get('/priorities?scope=salesperson&owner=s-2')
    expect(body.entries).toMatchObject([
      { opportunityId: 'o-c-2', product: 'working capital loan', verdict: 'invalid' },
    ])
  })
  test('an unknown owner is not found, and a missing owner is an error', async () => {
    expect(await get('/priorities?scope=team&owner=nobody')).toMatchObject({
      status: 404,
      body: { type: '/problems/not-found' },
    })
    expect(await get('/priorities?scope=team')).toMatchObject({ status: 400, body: { errors: [{ path: '/owner' }] } })
  })
  test('the owners of lists', async () => {
    const { body } = await get('/priorities/owners')
    expect(body.items.map(({ scope, owner }: { scope: string; owner: string }) => `${scope}:${owner}`)).toEqual([
      'overall:all',
      'salesperson:s-1',
      'salesperson:s-2',
      'team:new',
      'team:old',
      'team:team-1',
    ])
  })
})

test('the first entries of a list get reasons on request', async () => {
  const reasoned = await apiUnderTest({
    model: () => ({
      id: 'm',
      algorithm: 'echo',
      featureSet: visitFeatures.id,
      outputs: ['score'],
      score: () => Promise.resolve(Float64Array.of(0.5)),
      explainer: () => (_row, into) => {
        into[0] = 0.75
        return 0
      },
      textReasons: ({ text }) => Promise.resolve({ lines: [{ line: 0, text, effect: 0.5 }], words: [] }),
    }),
  })
  try {
    await storeWorld(reasoned.database)
    const { entries } = (await reasoned.server.inject({ url: '/priorities?reasons=true' })).json()
    const { text } = (await lastServed(reasoned.database, 'conversion', entries[0].opportunityId))!
    expect(entries[0].why).toMatchObject({
      reasons: [{ feature: visitFeatures.names[0], contribution: 0.75 }],
      textReasons: text === null ? null : { lines: [{ text }] },
    })
    const why = await reasoned.server.inject({ url: `/opportunities/${entries[0].opportunityId}/why` })
    expect(why.json()).toEqual(entries[0].why)
    expect((await reasoned.server.inject({ url: '/opportunities/nobody/why' })).statusCode).toBe(404)
    expect((await reasoned.server.inject({ url: '/priorities' })).json().entries[0]).not.toHaveProperty('why')
  } finally {
    await reasoned.close()
  }
})

test('without a model the list of priorities says so', async () => {
  const empty = await apiUnderTest()
  try {
    const { entries, absent } = (await empty.server.inject({ url: '/priorities' })).json()
    expect({ entries, absent }).toEqual({ entries: [], absent: 'No model is released for conversion yet.' })
    const why = (await empty.server.inject({ url: '/opportunities/o-1/why' })).json()
    expect(why).toMatchObject({ type: '/problems/no-model', detail: 'No model is released for conversion yet.' })
  } finally {
    await empty.close()
  }
})
