import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { customerFeatures } from '../../features/customers/customer.ts'
import { importerNamed } from '../../importers/importers.ts'
import type { TopicEvent } from '../../importers/importer.ts'
import { DAY_MS } from '../../schemas/durations.ts'
import { topicNamed } from '../../subjects/subjects.ts'
import { readCsv, type CsvRow } from '../support/csv-rows.ts'
import type { Database } from '../../store/database.ts'
import { deploy, type Deployment } from './deployment-under-test.ts'

const data = resolve(process.env['SCORELINE_DATA'] ?? '../shared/data')
const describeWithData = existsSync(join(data, 'berka')) ? describe : describe.skip
const suffix = existsSync(join(data, 'berka')) ? '' : ' (skipped: data not present)'

let deployment: Deployment
beforeEach(async () => void (deployment = await deploy()))
afterEach(() => deployment.close())

async function replay(
  events: AsyncIterable<TopicEvent>,
  wanted: (event: TopicEvent) => boolean,
): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  let batch: TopicEvent[] = []
  const send = async () => {
    for (const [name, list] of Map.groupBy(batch, ({ topic }) => topic)) {
      await deployment.publisher.publish(
        topicNamed(name)!,
        list.map(({ event }) => event),
      )
      counts.set(name, (counts.get(name) ?? 0) + list.length)
    }
    batch = []
  }
  for await (const event of events) {
    if (!wanted(event)) continue
    batch.push(event)
    if (batch.length === 5_000) await send()
  }
  await send()
  return counts
}

/** Loads the raw file as a table of text, so that expected values can be queried with SQL. */
async function loadRaw(database: Database, table: string, rows: readonly CsvRow[]): Promise<void> {
  const columns = Object.keys(rows[0]!)
  await database.pool.query(`create table ${table} (${columns.map((column) => `"${column}" text`).join(', ')})`)
  const values = columns.map((column) => rows.map((row) => row[column]))
  const types = columns.map((_, index) => `$${index + 1}::text[]`).join(', ')
  await database.pool.query(`insert into ${table} select * from unnest(${types})`, values)
}

async function ask<Row>(sql: string): Promise<Row[]> {
  return (await deployment.database.pool.query(sql)).rows as Row[]
}

function featureOf(values: readonly number[], name: string): number {
  const place = customerFeatures.names.indexOf(name)
  if (place < 0) throw new Error(`There is no feature ${name}; there are ${customerFeatures.names.join(', ')}`)
  return values[place]!
}

/** Rows are Float32, which has seven digits. */
function expectSame(served: number, raw: number): void {
  if (Number.isNaN(raw)) expect(served).toBeNaN()
  else expect(Math.abs(served - raw)).toBeLessThanOrEqual(Math.abs(raw) * 2e-7 + 1e-3)
}

describeWithData(`real data from end to end${suffix}`, () => {
  test('berka: every account movement of 1993 becomes a transaction of its owner, and features agree with SQL', async () => {
    const until = Date.UTC(1993, 6, 1)
    const counts = await replay(
      importerNamed('berka')!.read(join(data, 'berka')),
      ({ topic, event }) => topic !== 'outcomes' && event.occurredAt < until,
    )
    await deployment.start()
    await deployment.untilCaughtUp()

    const trans = await readCsv(join(data, 'berka/trans_1993-01_1994-03.asc.gz'))
    await loadRaw(deployment.database, 'raw_trans', trans)
    await loadRaw(deployment.database, 'raw_disp', await readCsv(join(data, 'berka/disp.asc')))
    const [movements] = await ask<{ count: number }>(`select count(*) from raw_trans where "date" < '930701'`)
    expect(counts.get('account-transactions')).toBe(movements!.count)

    const expected = await ask<
      Record<'customer' | 'count' | 'spent' | 'received' | 'largest' | 'lowest' | 'fading', number>
    >(
      `with movement as (
         select d.client_id as customer, to_date('19' || t."date", 'YYYYMMDD') as day, t.balance::numeric * 100 as balance,
           case when t.type = 'PRIJEM' then t.amount::numeric * 100 end as received, case when t.type <> 'PRIJEM' then t.amount::numeric * 100 end as spent
         from raw_trans t join raw_disp d on d.account_id = t.account_id and d.type = 'OWNER' where t."date" < '930701'),
       latest as (select customer, max(day) as day from movement group by 1)
       select customer::int as customer, count(*)::int as count, coalesce(sum(spent), 0)::float8 as spent, coalesce(sum(received), 0)::float8 as received,
         coalesce(max(spent), 'NaN')::float8 as largest, min(balance)::float8 as lowest, coalesce(sum(spent * 0.5 ^ ((latest.day - movement.day) / 30.0)), 0)::float8 as fading
       from movement join latest using (customer) group by 1 order by 1`,
    )
    const served = new Map(
      (
        await ask<{ customer_id: string; values: number[] }>(
          `select customer_id, "values" from customers where "values" is not null`,
        )
      ).map((row) => [row.customer_id, row.values]),
    )
    expect(expected.length).toBeGreaterThan(400)
    for (const { customer, count, spent, received, largest, lowest, fading } of expected) {
      const values = served.get(`berka-${customer}`)!
      expect(featureOf(values, 'transactions.count')).toBe(count)
      expectSame(featureOf(values, 'transactions.spent'), spent)
      expectSame(featureOf(values, 'transactions.received'), received)
      expectSame(featureOf(values, 'transactions.spentMax'), largest)
      expectSame(featureOf(values, 'transactions.balanceMin'), lowest)
      expectSame(featureOf(values, 'transactions.spentDecayed30d'), fading)
    }
    const [letters] = await ask<{ count: number }>('select count(*) from dead_letters')
    expect(letters!.count).toBe(0)
  }, 240_000)

  test('sim_card_stream: the first two days, each payment once, and a customer’s windows as SQL sees them', async () => {
    const from = Date.UTC(2018, 3, 1)
    const until = from + 2 * DAY_MS
    await replay(
      importerNamed('sim_card_stream')!.read(join(data, 'sim_card_stream')),
      ({ event }) => event.occurredAt < until,
    )
    await deployment.start()
    await deployment.untilCaughtUp()

    const rows = (await readCsv(join(data, 'sim_card_stream/dev_2018-04-01_04-28.csv.gz'))).filter(
      ({ TX_DATETIME }) => TX_DATETIME! < '2018-04-03',
    )
    await loadRaw(deployment.database, 'raw_card', rows)
    const expected = await ask<
      Record<'customer' | 'count' | 'spent' | 'counted24h' | 'spent24h' | 'counted7d', number>
    >(
      `with payment as (select "CUSTOMER_ID"::int as customer, "TX_DATETIME"::timestamp as at, "TX_AMOUNT"::numeric * 100 as amount from raw_card),
       latest as (select customer, max(at) as last from payment group by 1)
       select customer, count(*)::int as count, sum(amount)::float8 as spent,
         count(*) filter (where at >= date_trunc('hour', last - interval '24 hours'))::int as counted24h,
         coalesce(sum(amount) filter (where at >= date_trunc('hour', last - interval '24 hours')), 0)::float8 as spent24h,
         count(*) filter (where at >= date_trunc('day', last - interval '7 days'))::int as counted7d
       from payment join latest using (customer) group by 1`,
    )
    const served = await ask<{ customer_id: string; values: number[] }>(
      `select customer_id, "values" from customers where "values" is not null`,
    )
    expect(served).toHaveLength(expected.length)
    const byCustomer = new Map(served.map(({ customer_id, values }) => [customer_id, values]))
    for (const { customer, count, spent, counted24h, spent24h, counted7d } of expected) {
      const values = byCustomer.get(`card-${customer}`)!
      expect(featureOf(values, 'transactions.count')).toBe(count)
      expect(featureOf(values, 'transactions.count24h')).toBe(counted24h)
      expect(featureOf(values, 'transactions.count7d')).toBe(counted7d)
      expectSame(featureOf(values, 'transactions.spent'), spent)
      expectSame(featureOf(values, 'transactions.spent24h'), spent24h)
    }
  }, 240_000)
})
