import { handleErrors } from '../../../api/http/error-handling.ts'
import { createServer, type Server } from '../../../api/http/server.ts'
import { onlineFeaturesRoutes } from '../../../api/customers/online-features.ts'
import type { OnlineFeatures, ServedFeatures, ViewProgress } from '../../../api/ports.ts'
import type { RouteContext } from '../../../api/routes.ts'

const AT = Date.UTC(2026, 5, 15, 9)

let state: ViewProgress
let server: Server
const rows = new Map<string, ServedFeatures>([
  ['c-1', { featureSet: 'customer@2', occurredAt: AT, values: [1.5, Number.NaN, -0.1] }],
  ['c-2', { featureSet: 'customer@1', occurredAt: AT - 1_000, values: [7, 8] }],
  ['客户/3', { featureSet: 'customer@9', occurredAt: AT, values: [1] }],
])
const onlineFeatures: OnlineFeatures = {
  of: (customerId) => rows.get(customerId),
  state: () => state,
  sets: new Map([
    ['customer@1', ['age', 'gone"']],
    ['customer@2', ['age', 'spent', 'received']],
  ]),
}

beforeAll(async () => {
  server = createServer()
  handleErrors(server, (line) => {
    throw new Error(line)
  })
  // Only the view is provided, so a query to the database would fail.
  onlineFeaturesRoutes(server, { onlineFeatures } as RouteContext)
  await server.ready()
})
beforeEach(() => void (state = { isComplete: true, asOf: Date.now() - 2_000, behind: 3 }))
afterAll(() => server.close())

const get = async (path: string) => {
  const answer = await server.inject({ url: `/features/${path}` })
  return { status: answer.statusCode, type: answer.headers['content-type'], body: answer.json<object>() }
}
const post = async (payload: object) => {
  const answer = await server.inject({ method: 'POST', url: '/features', payload })
  return { status: answer.statusCode, body: answer.json<{ items: unknown[]; unknown: string[] }>() }
}

describe('the features of a customer', () => {
  test('have their names, their event time, and the age of the data', async () => {
    expect(await get('c-1')).toEqual({
      status: 200,
      type: 'application/json; charset=utf-8',
      body: {
        customerId: 'c-1',
        featureSet: 'customer@2',
        occurredAt: '2026-06-15T09:00:00.000Z',
        features: { age: 1.5, spent: null, received: -0.1 },
        asOf: new Date(state.asOf!).toISOString(),
        ageSeconds: 2,
        recordsBehind: 3,
      },
    })
  })

  test('of another version of the set are named by that version, and counted if the version is unknown', async () => {
    expect(await get('c-2')).toMatchObject({ body: { featureSet: 'customer@1', features: { age: 7, 'gone"': 8 } } })
    expect(await get(encodeURIComponent('客户/3'))).toMatchObject({
      body: { customerId: '客户/3', featureSet: 'customer@9', features: { 0: 1 } },
    })
  })

  test('can be chosen: null if the set lacks the name, refused if no set has it', async () => {
    expect(await get('c-1?names=received,age')).toMatchObject({ body: { features: { received: -0.1, age: 1.5 } } })
    const { body } = await get('c-1?names=received,age')
    expect(Object.keys((body as { features: object }).features)).toEqual(['received', 'age'])
    expect(await get('c-2?names=received')).toMatchObject({ body: { features: { received: null } } })
    expect(await get('c-1?names=age,agee')).toMatchObject({
      status: 400,
      body: {
        errors: [{ part: 'query', path: '/names', problem: 'There is no feature "agee". GET /features lists them.' }],
      },
    })
  })

  test('are not found for an unknown customer, and not served before all are known', async () => {
    expect(await get('nobody')).toMatchObject({ status: 404, body: { type: '/problems/not-found' } })
    state = { isComplete: false, asOf: undefined, behind: 70 }
    expect(await get('c-1')).toMatchObject({ status: 503, body: { detail: expect.stringContaining('70 records') } })
    expect(await post({ customerIds: ['c-1'] })).toMatchObject({ status: 503 })
    state = { isComplete: true, asOf: undefined, behind: undefined }
    expect(await get('c-1')).toMatchObject({ body: { asOf: null, ageSeconds: null, recordsBehind: null } })
  })
})

describe('the features of many customers', () => {
  test('come in the order of the question, each once, with the unknown named', async () => {
    const customerIds = ['c-2', 'x', 'c-1', 'c-2', '"y']
    expect(await post({ customerIds, names: ['age'] })).toMatchObject({
      status: 200,
      body: {
        items: [
          { customerId: 'c-2', featureSet: 'customer@1', features: { age: 7 } },
          { customerId: 'c-1', featureSet: 'customer@2', features: { age: 1.5 } },
        ],
        unknown: ['x', '"y'],
        recordsBehind: 3,
      },
    })
  })

  test('are a thousand at most', async () => {
    const thousand = Array.from({ length: 1_000 }, (_, index) => (index % 2 === 0 ? `no-${index}` : 'c-1'))
    const { body } = await post({ customerIds: thousand })
    expect([body.items.length, body.unknown.length]).toEqual([1, 500])
    expect(await post({ customerIds: [...thousand, 'one more'] })).toMatchObject({ status: 400 })
    expect(await post({ customerIds: [] })).toMatchObject({ status: 400 })
    expect(await post({ customerIds: ['c-1'], names: ['agee'] })).toMatchObject({
      status: 400,
      body: { errors: [{ part: 'body', path: '/names/0' }] },
    })
  })
})
