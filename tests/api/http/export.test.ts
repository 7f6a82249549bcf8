/** Exports every list of the API in full, as CSV and as JSON Lines. */
import { parse } from 'csv-parse/sync'
import { sql } from 'kysely'
import { apiUnderTest, type ApiUnderTest } from '../api-under-test.ts'
import { waitFor } from '../../support/services.ts'
import { storeWorld } from '../stored-world.ts'

let api: ApiUnderTest
let address: string

beforeAll(async () => {
  api = await apiUnderTest()
  await storeWorld(api.database)
  address = await api.server.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(() => api.close())

const text = async (path: string) => {
  const answer = await fetch(`${address}${path}`)
  expect(answer.status).toBe(200)
  return { text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(await answer.arrayBuffer()), answer }
}
const items = async (path: string) => ((await (await fetch(`${address}${path}`)).json()) as { items: object[] }).items
const linesOf = (body: string) =>
  body
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as object)

const lists = [
  '/customers',
  '/scores',
  '/customers/c-1/scores',
  '/opportunities',
  '/assessments',
  '/visits',
  '/alerts',
  '/dead-letters',
  '/gaps',
  '/potential-customers',
]

describe('a list as a whole', () => {
  test.each(lists)('%s.ndjson holds the items of its pages', async (path) => {
    const { text: body, answer } = await text(`${path}.ndjson`)
    expect(answer.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8')
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="[a-z-]+\.ndjson"$/)
    expect(linesOf(body)).toEqual(await items(`${path}?limit=500`))
  })

  test.each(lists)('%s.csv holds the same, nested values as JSON', async (path) => {
    const { text: body, answer } = await text(`${path}.csv`)
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    const rows = parse(body, { columns: true, bom: true }) as Record<string, string>[]
    const cell = (value: unknown) =>
      value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)
    const expected = (await items(`${path}?limit=500`)) as Record<string, unknown>[]
    expect(rows).toHaveLength(expected.length)
    for (const [index, row] of rows.entries())
      for (const [name, value] of Object.entries(expected[index]!)) expect(row[name]).toBe(cell(value))
  })

  test('filters apply, and unknown filters are refused', async () => {
    const { text: body } = await text('/alerts.ndjson?customerId=c-1')
    expect(linesOf(body)).toEqual(await items('/alerts?customerId=c-1'))
    for (const path of ['/alerts.csv?limit=5', '/scores.ndjson?task=nothing', '/customers.csv?nothing=1'])
      expect((await fetch(`${address}${path}`)).status).toBe(400)
  })
})

describe('a list that is longer than the buffer of a connection', () => {
  const MANY = 12_000
  const ID = 'many-0000'
  beforeAll(async () => {
    await sql`insert into customers (customer_id, name, profile_at, source)
      select 'many-' || lpad(n::text, 5, '0'), case when n = 7 then '=HYPERLINK("http://evil.example")' else repeat('客', 900) end,
        now(), 'test' from generate_series(1, ${MANY}) n`.execute(api.database)
  })
  const openTransactions = async () => {
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from pg_stat_activity
      where datname = current_database() and state like 'idle in transaction%'`.execute(api.database)
    return rows[0]!.count
  }

  test('is complete, as of the moment when it began', async () => {
    const answer = await fetch(`${address}/customers.ndjson?query=many-`)
    const reader = answer.body!.getReader()
    const pieces = [(await reader.read()).value!]
    await sql`delete from customers where customer_id = 'many-11999'`.execute(api.database)
    for (let next = await reader.read(); !next.done; next = await reader.read()) pieces.push(next.value)
    expect(linesOf(Buffer.concat(pieces).toString())).toHaveLength(MANY)
  })

  test('a spreadsheet takes no cell for a formula, and reads all characters', async () => {
    const { text: body } = await text(`/customers.csv?query=${ID}`)
    expect(body.startsWith('\ufeff')).toBe(true)
    expect(body).toContain('客客')
    expect(body).toContain(`'=HYPERLINK`)
  })

  test('one export too many has to wait; clients that disconnect leave nothing open', async () => {
    const leaving = new AbortController()
    const open = () => fetch(`${address}/customers.ndjson`, { signal: leaving.signal })
    const three = [await open(), await open(), await open()]
    expect(three.map(({ status }) => status)).toEqual([200, 200, 200])
    const fourth = await open()
    expect(fourth.status).toBe(503)
    expect(await fourth.json()).toMatchObject({ type: '/problems/unavailable' })
    leaving.abort()
    await waitFor(async () => (await openTransactions()) === 0, { what: 'the transactions to end' })
    await waitFor(async () => (await text(`/customers.csv?query=${ID}`)) !== undefined, { what: 'an export' })
  })
})
