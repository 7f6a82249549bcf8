import { customerPlaces, type CustomerPlace } from '../../../schemas/visits/places.ts'
import { priorities } from '../../../schemas/visits/priorities.ts'
import { put } from '../../store/store-under-test.ts'
import { apiUnderTest, type ApiUnderTest } from '../api-under-test.ts'
import { NOW, priorityOf, storeWorld } from '../stored-world.ts'

let api: ApiUnderTest

const place = (customerId: string, latitude: number): CustomerPlace => ({
  id: `place/${customerId}`,
  occurredAt: NOW,
  source: 'test',
  placeId: `p-${customerId}`,
  revision: 0,
  withdrawn: false,
  customerId,
  name: 'office',
  latitude,
  longitude: 121,
  radiusM: null,
  validFrom: null,
  validUntil: null,
})

beforeAll(async () => {
  api = await apiUnderTest()
  await storeWorld(api.database)
  await put(api.database, priorities, [priorityOf('salesperson', 's-9', ['c-1', 'c-2', 'c-3'])])
  await put(api.database, customerPlaces, [place('c-1', 31.2), place('c-2', 31.1)])
})
afterAll(() => api.close())

const get = async (url: string) => {
  const answer = await api.server.inject({ url })
  return { status: answer.statusCode, body: answer.json() }
}
const idsOf = (list: readonly { readonly customerId: string }[]) => list.map(({ customerId }) => customerId)

test('a day plan has the most valuable visits in the order of the route, and lists those left out', async () => {
  const { body } = await get('/salespeople/s-9/day-plan?visits=2&from=31,121')
  expect(idsOf(body.stops)).toEqual(['c-2', 'c-3'])
  expect(body.stops).toMatchObject([
    {
      place: 1,
      at: { placeId: 'p-c-2', name: 'office' },
      km: 11.1,
      customerName: '李伟',
      action: { code: 'visit-this-week' },
    },
    { place: 2, at: null, km: null },
  ])
  expect(body).toMatchObject({ visits: 2, currency: 'CNY', km: 32.2, wayCostMinor: 6_448 })
  expect(body.expectedValueMinor).toBe(
    body.stops.reduce((sum: number, one: { expectedValueMinor: number }) => sum + one.expectedValueMinor, 0),
  )
  expect(body.leftOut).toMatchObject([
    { customerId: 'c-1', why: { code: 'full', text: 'The 2 visits of the day bring more.' } },
  ])
  expect(body.listOrder.km).toBe(32.2)
})

test('travel costs count as the planning setting says', async () => {
  const { body: held } = await get('/planning/visits')
  const { name, version, changedAt, history, ...value } = held
  expect({ name, version, changedAt, history }).toEqual({ name: 'visits', version: 0, changedAt: null, history: [] })
  const set = async (changes: object, version: string) => {
    const payload = { ...value, ...changes, changedBy: 'a manager' }
    return api.server.inject({ method: 'PUT', url: '/planning/visits', headers: { 'if-match': version }, payload })
  }
  expect((await set({ kmCostMinor: 9_000_000 }, '"0"')).statusCode).toBe(200)
  const { body } = await get('/salespeople/s-9/day-plan?visits=3&from=31,121')
  expect(body.stops).toEqual([])
  expect(body.leftOut.map(({ why }: { why: { code: string } }) => why.code)).toEqual(['too-far', 'too-far', 'too-far'])
  // Values in the previous currency are not compared with amounts in the new one.
  expect((await set({ currency: 'EUR', kmCostMinor: 0 }, '"1"')).statusCode).toBe(200)
  expect((await get('/salespeople/s-9/day-plan')).body.leftOut[0].why.code).toBe('unknown')
  const refused = await set({ rates: { euro: 7 } }, '"2"')
  expect(refused.json().errors[0].problem).toMatch(/ISO 4217/)
  expect((await set({ sinceVisit: [{ fromDays: 4, factor: 1 }] }, '"2"')).json().errors[0].problem).toMatch(
    /one of 0, 1, 2/,
  )
})

test('errors in the request are named', async () => {
  expect((await get('/salespeople/nobody/day-plan')).status).toBe(404)
  expect((await get('/salespeople/s-9/day-plan?from=north')).status).toBe(400)
  expect((await get('/salespeople/s-9/day-plan?from=91,0')).body.errors[0].path).toBe('/from')
  expect((await get('/salespeople/s-9/day-plan?visits=31')).status).toBe(400)
})
