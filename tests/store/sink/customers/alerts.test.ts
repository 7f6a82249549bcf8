import { alerts } from '../../../../schemas/customers/alerts.ts'
import { alertOf, count, put, storeUnderTest } from '../../store-under-test.ts'

const store = storeUnderTest()

test('an alert is withdrawn, though the event that withdraws it is older than the one that raised it', async () => {
  const { database } = store
  await put(database, alerts, [alertOf(5), alertOf(6, { kind: 'dormant-customer' })])
  await put(database, alerts, [alertOf(4, { raised: false, text: 'No longer.' })])
  expect(await database.selectFrom('alerts').select(['kind', 'raised']).orderBy('kind').execute()).toEqual([
    { kind: 'dormant-customer', raised: true },
    { kind: 'invalid-visits', raised: false },
  ])
  expect(await count(database, 'alert_history')).toBe(3)
})
