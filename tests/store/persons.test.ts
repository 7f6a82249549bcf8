import { sql } from 'kysely'
import { erasePeople } from '../../composition/personal-data/erase-people.ts'
import { openDatabase, type Database } from '../../store/database.ts'
import { rowsOfPerson } from '../../store/operations/personal-data-acts.ts'
import { personDigest } from '../../streams/erasure/person-digest.ts'
import { personTables } from '../../subjects/subjects.ts'
import { migratedDatabase } from '../support/services.ts'

let database: Database
let drop: () => Promise<void>
beforeAll(async () => {
  const migrated = await migratedDatabase()
  drop = migrated.drop
  database = openDatabase({ url: migrated.url, poolMax: 2 })
})
afterAll(async () => {
  await database.destroy()
  await drop()
})

test('every table says where it holds people, and none with customers says that it holds none', async () => {
  const { rows } = await sql<{ name: string; isOfCustomers: boolean }>`
    select t.relname as name, exists (
      select from pg_attribute c where c.attrelid = t.oid and c.attname = 'customer_id') as "isOfCustomers"
    from pg_class t where t.relnamespace = 'public'::regnamespace and t.relkind in ('r', 'p') and not t.relispartition
      and t.relname not like 'kysely%'`.execute(database)
  expect(rows.map(({ name }) => name).sort()).toEqual(Object.keys(personTables).sort())
  for (const { name, isOfCustomers } of rows)
    if (isOfCustomers)
      expect({ name, of: personTables[name as 'visits'] }).toMatchObject({
        of: { by: expect.stringContaining('customer_id') as string },
      })
})

const letter = (id: string, key: string, value: Buffer) =>
  sql`insert into dead_letters (id, processor, topic, partition, "offset", code, message, key, value, occurred_at)
    values (${id}, 'p', 't', 0, 0, 'INVALID', 'm', ${Buffer.from(key)}, ${value}, now())`.execute(database)
const entry = (customerId: string) => ({ customerId, opportunityId: `o-${customerId}` })

test('many are erased at once, others keep their rows, and a second time nothing is left to erase', async () => {
  for (const id of ['c1', 'c12', 'c2'])
    await sql`insert into customers (customer_id, name) values (${id}, ${`name of ${id}`})`.execute(database)
  await sql`insert into priorities (scope, owner, entries, open_count, occurred_at)
    values ('overall', 'all', ${JSON.stringify([entry('c1'), entry('c12'), entry('c2')])}, 3, now())`.execute(database)
  await letter('of-c1', 'someone', Buffer.from([0, 4, ...Buffer.from('c1'), 9]))
  await letter('of-c12', 'someone', Buffer.from([0, 6, ...Buffer.from('c12'), 9]))
  await letter('json', 'x', Buffer.from('{"customerId":"c1"}'))

  const shown: unknown[] = []
  await database.transaction().execute(async (transaction) => {
    for await (const { table, record } of rowsOfPerson(transaction, personTables, 'c12')) shown.push({ table, record })
  })
  expect(shown).toMatchObject([
    { table: 'customers', record: { customer_id: 'c12', name: 'name of c12' } },
    { table: 'priorities', record: { owner: 'all', entries: [entry('c12')] } },
    { table: 'dead_letters', record: { id: 'of-c12' } },
  ])

  const request = { ids: ['c1', 'c2', 'nobody', 'c1'], refuseDays: 1, doneBy: 'Li', reason: 'Request 7' }
  const { digests, rows } = await erasePeople(database, request)
  expect(digests).toEqual(['c1', 'c2', 'nobody'].map(personDigest))
  expect(rows).toEqual({ customers: 2, priorities: 1, dead_letters: 2 })
  const left = await sql<{ found: unknown }>`select jsonb_build_object(
    'customers', (select jsonb_agg(customer_id) from customers), 'entries', (select entries from priorities),
    'letters', (select jsonb_agg(id order by id) from dead_letters where value <> 'erased:'::bytea),
    'acts', (select count(*) from personal_data_acts), 'messages', (select count(*) from outbox)) as found`.execute(
    database,
  )
  expect(left.rows[0]!.found).toEqual({
    customers: ['c12'],
    entries: [entry('c12')],
    letters: ['of-c12'],
    acts: 3,
    messages: 3,
  })
  expect((await erasePeople(database, request)).rows).toEqual({})
})
