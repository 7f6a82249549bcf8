import { calls, type Call } from '../../../schemas/calls/calls.ts'
import { DAY_MS } from '../../../schemas/durations.ts'
import { scores } from '../../../schemas/models/scores.ts'
import { createPartitions } from '../../../store/models/history-partitions.ts'
import { put } from '../../store/store-under-test.ts'
import { apiUnderTest, type ApiUnderTest } from '../api-under-test.ts'
import { NOW, scoreOf, storeWorld } from '../stored-world.ts'

let api: ApiUnderTest
const HOUR = 3_600_000

interface Entry {
  readonly id: string
  readonly kind: string
  readonly occurredAt: string
}
const get = async (query = '', customerId = 'c-1') => {
  const answer = await api.server.inject({ url: `/customers/${customerId}/timeline${query}` })
  return { status: answer.statusCode, body: answer.json<{ items: Entry[]; next: string | null; errors?: unknown }>() }
}

/** Two payments at 15:00 and 17:00 UTC, which are two days in Shanghai; each is scored by two models. */
const payments = [15, 17].flatMap((hour, offset) =>
  ['loan-demand', 'call-conversion'].map((task) =>
    scoreOf(task, 'c-1', 0.8, NOW - (NOW % DAY_MS) - DAY_MS + hour * HOUR, {
      ...{ inputTopic: 'transactions', inputPartition: 0, inputOffset: offset },
    }),
  ),
)
const call: Call = {
  ...{ id: 'call/1', occurredAt: NOW - 3 * DAY_MS, source: 'test', customerId: 'c-1', callId: 'call-1', agentId: 'a' },
  ...{ direction: 'outbound' as const, answered: true, durationS: 95, campaign: 'spring', product: null, clicks: 0 },
  ...{ satisfaction: null, turns: [], context: {}, script: null, scriptVersion: null },
}

beforeAll(async () => {
  api = await apiUnderTest()
  await storeWorld(api.database)
  await put(api.database, scores, payments)
  await put(api.database, calls, [call])
  const { pool } = api.database
  await pool.query(
    `insert into call_attempts (id, customer_id, campaign, attempt_id, step, disposition, occurred_at, source)
     values ('a1', 'c-1', 'spring', 'call-1', 'completed', 'interested', '2026-06-12', 'test')`,
  )
  await pool.query(
    `insert into cases (visit_id, id, customer_id, opportunity_id, salesperson_id, visited_at, step, revision, status, origin,
       propensity, visit_revision, verdict, false_score, invalid_score, evidence, policy_version, new_evidence, opened_at, overdue,
       lapses_at, second_person, decision, claim, decided_by, decided_at, occurred_at)
     select v, v, 'c-1', 'o-c-1', s, '2026-06-08', 1, 1, 'decided', 'flagged', 1, 0, 'suspected_false', 0.9, 0, '[]', 0, false,
       '2026-06-08', false, '2026-07-08', false, 'dismissed', 'false', 'li', '2026-06-09', '2026-06-09'
     from (values ('v-c-1-7', 's-1'), ('of-another', 's-2')) x(v, s)`,
  )
})
afterAll(() => api.close())

describe('the timeline of a customer', () => {
  test('tells what happened and what was concluded, newest first', async () => {
    const { body } = await get()
    expect(body.next).toBeNull()
    const times = body.items.map(({ occurredAt }) => occurredAt)
    expect(times).toEqual([...times].sort().reverse())
    expect(new Set(body.items.map(({ id }) => id)).size).toBe(body.items.length)
    const of = (id: string) => body.items.find((entry) => entry.id === id)
    expect(of('visit/v-c-1-7')).toMatchObject({
      visit: {
        salespersonId: 's-1',
        text: expect.stringContaining('经营贷款') as string,
        verdict: 'fine',
        hasCase: true,
      },
      call: null,
    })
    expect(of('visit/v-c-1-2')).toMatchObject({ visit: { hasCase: false } })
    expect(of('call/call-1')).toMatchObject({
      call: { answered: true, durationS: 95, disposition: 'interested', converted: null, hasSession: false },
    })
    expect(of('case/v-c-1-7')).toMatchObject({ case: { decision: 'dismissed', claim: 'false', decidedBy: 'li' } })
    expect(body.items.find(({ kind }) => kind === 'alert')).toMatchObject({
      alert: { kind: 'potential-loan-customer', raised: true },
    })
  })

  test('sums up payments by the days of the reader’s clock, each once however many models scored it', async () => {
    const days = async (query: string) => {
      const { body } = await get(`?kind=payments${query}`)
      return body.items.map((entry) => [entry.id, (entry as unknown as { events: object }).events])
    }
    const payment = (events: number) => ({ topic: 'transactions', events })
    expect(await days('')).toEqual([['payments/2026-06-14/transactions', payment(2)]])
    expect(await days('&utcOffsetMinutes=480')).toEqual([
      ['payments/2026-06-15/transactions', payment(1)],
      ['payments/2026-06-14/transactions', payment(1)],
    ])
  })

  test('tells changes of a score from day to day that are marked, and leaves out the others', async () => {
    const { body } = await get('?kind=score')
    const changes = body.items.map((entry) => (entry as unknown as { score: object }).score)
    const conversion = { task: 'conversion', opportunityId: 'o-c-1' }
    expect(changes.filter((change) => (change as { task: string }).task === 'conversion')).toEqual([
      { ...conversion, before: expect.closeTo(0.55), probability: expect.closeTo(0.75) },
      { ...conversion, before: expect.closeTo(0.35), probability: expect.closeTo(0.55) },
      { ...conversion, before: null, probability: 0.35 },
    ])
    // The first one; 0.81 on the next day is no marked change.
    expect(changes.filter((change) => (change as { task: string }).task === 'loan-demand')).toEqual([
      { task: 'loan-demand', opportunityId: null, before: null, probability: 0.8 },
    ])
  })

  test.each([1, 2, 5])('in pages of %i is the same, with nothing twice and nothing missing', async (limit) => {
    const whole = (await get()).body.items
    const paged: Entry[] = []
    let after = ''
    for (;;) {
      const { status, body } = await get(`?limit=${limit}${after}`)
      expect(status).toBe(200)
      paged.push(...body.items)
      if (body.next === null) break
      after = `&after=${body.next}`
    }
    expect(paged).toEqual(whole)
  })

  test('can be read by kind; an unknown kind and a cursor of another list are refused', async () => {
    const kinds = new Set((await get('?kind=visit')).body.items.map(({ kind }) => kind))
    expect([...kinds]).toEqual(['visit'])
    expect((await get('?kind=gossip')).status).toBe(400)
    const { next } = (await api.server.inject({ url: '/visits?limit=1' })).json<{ next: string }>()
    expect((await get(`?after=${next}`)).status).toBe(404)
    expect((await get('', 'nobody')).body).toEqual({ items: [], next: null })
  })

  test('leaves out the visits, cases and scores of other salespeople for a salesperson', async () => {
    const ids = (items: readonly Entry[]) => items.map(({ id }) => id)
    expect(ids((await get('?kind=case')).body.items)).toEqual(['case/v-c-1-7', 'case/of-another'])
    expect(ids((await get('?kind=case&salespersonId=s-1')).body.items)).toEqual(['case/v-c-1-7'])
    const ofOther = (await get('?salespersonId=s-2')).body.items
    expect(ofOther.filter(({ kind }) => kind === 'visit')).toEqual([])
    expect(ofOther.filter((entry) => JSON.stringify(entry).includes('o-c-1'))).toEqual([])
    expect(ids(ofOther)).toContain('case/of-another')
    expect(ofOther.map(({ kind }) => kind)).toContain('alert')
  })
})

interface Asked {
  readonly text: string
  readonly values: readonly unknown[]
}
interface Plan {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly Plans?: readonly Plan[]
}

/** What the API asks now and then, whatever is read. */
const FRESHNESS = /from "?(?:sink_progress|gaps)\b/

/** Returns every query that the database was asked meanwhile for what is read. */
async function asked(act: () => Promise<unknown>): Promise<Asked[]> {
  const { pool } = api.database
  const queries: Asked[] = []
  const followed = new Set<{ query?: unknown }>()
  const follow = (client: { query?: unknown }) => {
    if (followed.has(client)) return
    followed.add(client)
    const query = (client.query as (...args: unknown[]) => unknown).bind(client)
    client.query = (text: string, values: readonly unknown[], ...rest: unknown[]) => {
      queries.push({ text, values })
      return query(text, values, ...rest)
    }
  }
  pool.on('acquire', follow)
  try {
    await act()
    return queries.filter(({ text }) => !FRESHNESS.test(text))
  } finally {
    pool.off('acquire', follow)
    for (const client of followed) delete client.query
  }
}

describe('with many customers', () => {
  beforeAll(async () => {
    const { pool } = api.database
    await createPartitions(api.database, 'score_history', [NOW - 30 * DAY_MS])
    const many = (columns: string, table: string, values: string) =>
      pool.query(
        `insert into ${table} (${columns}) select ${values} from generate_series(1, 30000) n, lateral (select 'm-' || n % 3000 c) x`,
      )
    const at = `timestamptz '2026-06-15' - make_interval(mins => n)`
    await many(
      ...([
        'visit_id, revision, withdrawn, opportunity_id, customer_id, salesperson_id, text, occurred_at, source',
        'visits',
        `'mv-' || n, 0, false, 'o-' || c, c, 's-9', 'A visit', ${at}, 'test'`,
      ] as const),
    )
    await many(
      ...([
        'call_id, customer_id, direction, answered, duration_s, clicks, turn_count, occurred_at, source',
        'calls',
        `'mc-' || n, c, 'outbound', true, 60, 0, 0, ${at}, 'test'`,
      ] as const),
    )
    await many(
      ...([
        'id, kind, subject_id, customer_id, raised, text, reasons, occurred_at',
        'alerts',
        `'ma-' || n, 'k' || n, c, c, true, 'An alert', '[]', ${at}`,
      ] as const),
    )
    await many(
      ...([
        'id, task, subject_id, customer_id, probability, feature_set, "row", occurred_at, input_topic, input_partition, input_offset',
        'score_history',
        `'ms-' || n, 'loan-demand', c, c, random(), 'customer@1', '{}', ${at}, 'transactions', 0, n`,
      ] as const),
    )
    await pool.query('analyze')
  })

  test('every table is read by an index, and the number of queries does not grow with the page', async () => {
    const ask = (limit: number) => asked(() => get(`?limit=${limit}`, 'm-7'))
    const [few, all] = [await ask(12), await ask(500)]
    expect(all.length).toBeGreaterThan(8)
    expect(all).toHaveLength(few.length)
    const scanned = async ({ text, values }: Asked) => {
      const { rows } = await api.database.pool.query<{ 'QUERY PLAN': { Plan: Plan }[] }>(
        `explain (format json) ${text}`,
        [...values],
      )
      const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)]
      return nodes(rows[0]!['QUERY PLAN'][0]!.Plan)
        .filter((node) => node['Node Type'] === 'Seq Scan')
        .map((node) => node['Relation Name'])
    }
    const whole = (await Promise.all(all.map(scanned))).flat()
    const filled = /^(visits|calls|alerts|score_history.*)$/
    expect(whole.filter((table) => filled.test(table ?? ''))).toEqual([])
    const { body } = await get('?limit=500', 'm-7')
    expect(body.items.length).toBeGreaterThan(30)
  })
})
