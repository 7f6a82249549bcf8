import { personDigest } from '../../../streams/erasure/person-digest.ts'
import { apiUnderTest, type ApiUnderTest } from '../api-under-test.ts'
import { storeWorld } from '../stored-world.ts'

let api: ApiUnderTest
beforeAll(async () => {
  api = await apiUnderTest()
  await storeWorld(api.database)
})
afterAll(() => api.close())

const merge = (customerId: string, into: string) =>
  api.server.inject({
    method: 'POST',
    url: `/customers/${customerId}/merge`,
    payload: { into, changedBy: 'Li', reason: 'One person' },
  })
const detailOf = async (customerId: string, into: string) => {
  const { statusCode, body } = await merge(customerId, into)
  return [statusCode, (JSON.parse(body) as { detail: string }).detail]
}

test('a merge moves every row, is told to the processors, and is in the audit', async () => {
  const visits = async (id: string) =>
    (await api.database.selectFrom('visits').select('visitId').where('customerId', '=', id).execute()).length
  const before = (await visits('c-1')) + (await visits('c-2'))
  const merged = await merge('c-1', 'c-2')
  expect(merged.statusCode).toBe(200)
  expect(merged.json()).toMatchObject({
    customerId: 'c-1',
    into: 'c-2',
    rows: { visits: expect.any(Number) as number },
  })
  expect([await visits('c-1'), await visits('c-2')]).toEqual([0, before])
  const gone = await api.server.inject('/customers/c-1')
  expect([gone.statusCode, (gone.json() as { detail: string }).detail]).toEqual([
    404,
    'There is no customer "c-1". They were merged into "c-2": ask for that customer.',
  ])
  const outbox = await api.database.selectFrom('outbox').select(['topic', 'event']).execute()
  expect(outbox).toMatchObject([
    { topic: 'customer-merges', event: { customerId: 'c-1', into: 'c-2', changedBy: 'Li' } },
  ])
  const { items } = (await api.server.inject('/changes?kind=customer-merge')).json() as { items: object[] }
  expect(items).toMatchObject([{ subject: 'c-1', act: 'merged', changedBy: 'Li', after: { into: 'c-2' } }])
})

test('what contradicts an earlier merge, and unknown customers, are refused with the reason', async () => {
  expect(await detailOf('c-1', 'c-2')).toEqual([409, 'c-1 was merged into c-2 already, and belongs to that customer.'])
  expect(await detailOf('c-2', 'c-1')).toEqual([
    409,
    'The other customer was merged into c-2 before: they are one already, under the id c-2.',
  ])
  expect(await detailOf('c-2', 'c-2')).toEqual([409, "c-2 can't be merged into themselves: name two customers."])
  expect(await detailOf('c-2', 'nobody')).toEqual([
    404,
    'There is no customer "nobody": nothing is known of them, or they were erased.',
  ])
  expect((await detailOf('nobody', 'c-2'))[0]).toBe(404)
})

test('an erasure of the customer erases the former one too, and both names in the record of the merge', async () => {
  const payload = { changedBy: 'Li', reason: 'Request 12' }
  const { statusCode } = await api.server.inject({ method: 'POST', url: '/customers/c-2/erasure', payload })
  expect(statusCode).toBe(200)
  expect(await api.database.selectFrom('customer_merges').selectAll().execute()).toEqual([])
  const acts = await api.database.selectFrom('personal_data_acts').select('digest').execute()
  expect(acts.map(({ digest }) => digest).sort()).toEqual([personDigest('c-1'), personDigest('c-2')].sort())
  const outbox = await api.database
    .selectFrom('outbox')
    .select('event')
    .where('topic', '=', 'customer-merges')
    .execute()
  const named = { customerId: `erased:${personDigest('c-1')}`, into: `erased:${personDigest('c-2')}` }
  expect(outbox).toMatchObject([{ event: named }])
})
