import { sql } from 'kysely'
import { columnName } from '../../../store/sql/field-names.ts'
import { storeUnderTest } from '../store-under-test.ts'

const store = storeUnderTest()

test('a field is a column, in queries and in their results; nested names are unchanged', async () => {
  const { database } = store
  const attributes = { in_words: [{ of_it: 1 }] } as never
  await database.insertInto('customers').values({ customerId: 'c', timeZone: 'UTC', attributes }).execute()
  const { rows } = await sql`select customer_id, time_zone, attributes, 1 as "asIs" from customers`.execute(database)
  expect(rows).toEqual([{ customerId: 'c', timeZone: 'UTC', attributes, asIs: 1 }])
  const query = database.selectFrom('customers as c').select(['c.customerId', 'c.timeZone as zone'])
  expect(await query.where('c.timeZone', '=', 'UTC').orderBy('c.customerId').execute()).toEqual([
    { customerId: 'c', zone: 'UTC' },
  ])
})

test('raw SQL gets the same names', async () => {
  const { rows } = await store.database.pool.query<{ name: string }>(
    `select distinct column_name as name from information_schema.columns where table_schema = 'public'`,
  )
  for (const { name } of rows)
    expect(columnName(name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()))).toBe(name)
})
