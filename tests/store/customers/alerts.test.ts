import { alerts } from '../../../schemas/customers/alerts.ts'
import { listAlerts } from '../../../store/customers/alerts.ts'
import type { PageRequest } from '../../../store/sql/page.ts'
import { allPages } from '../all-pages.ts'
import { alertOf, count, put, storeUnderTest } from '../store-under-test.ts'

const store = storeUnderTest()
const idOf = ({ id }: { readonly id: string }) => id

test('alerts can be filtered to raised ones', async () => {
  const { database } = store
  await put(database, alerts, [
    alertOf(1),
    alertOf(2, { subjectId: 'o2', customerId: 'c2' }),
    alertOf(3, { kind: 'potential-loan-customer', subjectId: 'c1' }),
    alertOf(4, { raised: false }),
  ])
  const ids = async (filter: Parameters<typeof listAlerts>[1]) =>
    (await allPages((request: PageRequest) => listAlerts(database, filter, request), idOf, 1)).map(idOf)
  expect(await ids({})).toEqual(['l4', 'l3', 'l2'])
  expect(await ids({ raised: true })).toEqual(['l3', 'l2'])
  expect(await ids({ kind: 'invalid-visits' })).toEqual(['l4', 'l2'])
  expect(await ids({ customerId: 'c1', raised: false })).toEqual(['l4'])
})

test('an alert is withdrawn even by an event with an earlier time than the one that raised it', async () => {
  const { database } = store
  await put(database, alerts, [alertOf(5), alertOf(6, { kind: 'dormant-customer' })])
  await put(database, alerts, [alertOf(4, { raised: false, text: 'No longer.' })])
  expect(await database.selectFrom('alerts').select(['kind', 'raised']).orderBy('kind').execute()).toEqual([
    { kind: 'dormant-customer', raised: true },
    { kind: 'invalid-visits', raised: false },
  ])
  expect(await count(database, 'alert_history')).toBe(3)
})
