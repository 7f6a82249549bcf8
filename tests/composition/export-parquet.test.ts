/** Reads the exported files with DuckDB. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import type { CommandContext } from '../../composition/context.ts'
import { exportParquet, type ParquetExport } from '../../composition/export-parquet.ts'
import { DAY_MS } from '../../schemas/durations.ts'
import { scores } from '../../schemas/models/scores.ts'
import { opportunities } from '../../schemas/visits/visits.ts'
import { opportunityOf, put, scoreOf, START, storeUnderTest } from '../store/store-under-test.ts'

const store = storeUnderTest()
let out: string
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'parquet-'))
})
afterEach(() => rmSync(out, { recursive: true }))

async function run(changes: Partial<ParquetExport> = {}, stopped = new AbortController().signal): Promise<unknown[]> {
  const lines: unknown[] = []
  const context = {
    config: { DATABASE_URL: store.url, DATABASE_CONNECTIONS_MAX: 1 },
    stopped,
    print: (line: string) => lines.push(JSON.parse(line)),
  } as unknown as CommandContext
  const day = '2026-09-01'
  await exportParquet(context, {
    ...{ view: 'bi_score_history', time: 'occurred_at', from: '2026-08-31', to: day, out, again: false },
    ...changes,
  })
  return lines
}

async function duckdb(query: string): Promise<Record<string, unknown>[]> {
  const instance = await DuckDBInstance.create()
  const connection = await instance.connect()
  try {
    return (await connection.runAndReadAll(query)).getRowObjectsJS()
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

test('each day has a file with the rows of its events, days without rows too', async () => {
  const count = 12_000
  const all = Array.from({ length: count }, (_, index) =>
    scoreOf(0, {
      id: `s${index}`,
      subjectId: `客户${index}`,
      occurredAt: START + 60_000 + index * 7_000,
      probability: index % 9 === 0 ? null : index / count,
    }),
  )
  await put(store.database, scores, all)
  const ofDay = (day: string) => all.filter(({ occurredAt }) => new Date(occurredAt).toISOString().startsWith(day))
  expect(await run({ to: '2026-09-02' })).toEqual([
    { view: 'bi_score_history', day: '2026-08-31', rows: 0 },
    { view: 'bi_score_history', day: '2026-09-01', rows: ofDay('2026-09-01').length },
    { view: 'bi_score_history', day: '2026-09-02', rows: 0 },
  ])
  const files = `read_parquet('${out}/bi_score_history/*/*.parquet', hive_partitioning = true)`
  expect(
    await duckdb(
      `select count(*)::int as rows, count(probability)::int as scored, min(day)::varchar as day,
        sum((typeof(occurred_at) = 'TIMESTAMP WITH TIME ZONE')::int)::int as times from ${files}`,
    ),
  ).toEqual([
    {
      rows: count,
      scored: all.filter(({ probability }) => probability !== null).length,
      day: '2026-09-01',
      times: count,
    },
  ])
  const rows = await duckdb(
    `select id, subject_id, probability, epoch_us(occurred_at)::varchar as moment from ${files} order by id`,
  )
  const expected = all
    .map(({ id, subjectId, probability, occurredAt }) => ({
      id,
      subject_id: subjectId,
      probability,
      moment: `${occurredAt}000`,
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
  expect(rows).toEqual(expected)
}, 60_000)

test('every type keeps its values', async () => {
  await store.database.pool.query(`create view bi_types as select '2026-09-01T01:02:03.456789Z'::timestamptz as moment,
    9007199254740993 as big, -123456789012345678901.000000001::numeric as amount, true as yes, 7 as small,
    '{"a": [1, "x", null]}'::jsonb as inner_json, array[0.5, 2]::real[] as reals, null::text as none, 1e-300::float8 as tiny,
    'NaN'::float8 as nan`)
  await run({ view: 'bi_types', time: 'moment', from: '2026-09-01' })
  const [row] = await duckdb(
    `select epoch_us(moment)::varchar as moment, big::varchar as big, amount::varchar as amount, yes, small,
      inner_json->>'$.a[1]' as x, reals::varchar as reals, none, tiny, isnan(nan) as nan
     from read_parquet('${out}/bi_types/*/*.parquet')`,
  )
  expect(row).toEqual({
    moment: '1788224523456789',
    big: '9007199254740993',
    amount: '-123456789012345678901.000000001',
    ...{ yes: true, small: 7, x: 'x', reals: '[0.5,2]', none: null, tiny: 1e-300, nan: true },
  })
})

test('finished days are skipped unless wanted again, and an interrupted file does not count', async () => {
  await put(store.database, scores, [scoreOf(5)])
  expect(await run({ from: '2026-09-01' })).toMatchObject([{ rows: 1 }])
  await put(store.database, scores, [scoreOf(6)])
  expect(await run({ from: '2026-09-01' })).toMatchObject([{ skipped: true }])
  expect(await run({ from: '2026-09-01', again: true })).toMatchObject([{ rows: 2 }])
  const folder = join(out, 'bi_score_history/day=2026-09-01')
  rmSync(join(folder, 'rows.parquet'))
  writeFileSync(join(folder, 'rows.parquet.1.unfinished'), 'PAR1')
  expect(await run({ from: '2026-09-01' })).toMatchObject([{ rows: 2 }])
  expect(readdirSync(folder)).toContain('rows.parquet')
  expect(await run({ from: '2026-08-20' }, AbortSignal.abort())).toEqual([])
})

test('every view with a time can be exported', async () => {
  await put(store.database, opportunities, [opportunityOf('o1')])
  const { rows } = await store.database.pool.query<{ view: string; time: string }>(
    `select table_name as view, min(column_name) as time from information_schema.columns
     where table_name like 'bi\\_%' and data_type = 'timestamp with time zone' group by 1`,
  )
  expect(rows.length).toBeGreaterThan(50)
  for (const { view, time } of rows) await run({ view, time, from: '2026-09-01' })
  expect(readdirSync(out).sort()).toEqual(rows.map(({ view }) => view).sort())
  const from = new Date(START - DAY_MS).toISOString().slice(0, 10)
  expect(await run({ view: 'bi_opportunities', from, again: true })).toMatchObject([
    { rows: 0 },
    { rows: 1 },
    { rows: 0 },
  ])
}, 60_000)

test('names what is wrong with the view, the time and the values, and leaves nothing', async () => {
  await expect(run({ view: 'scores' })).rejects.toThrow(
    'There is no BI view "scores": docs/database.md lists all of them.',
  )
  await expect(run({ view: 'bi_models' })).rejects.toThrow(
    'bi_models has no time "occurred_at": give --time with one of trained_at, released_at.',
  )
  await expect(run({ view: 'bi_recommended_needs' })).rejects.toThrow('has no column with a time')
  const wrong = (amount: string) => `create view bi_wrong as select now() as occurred_at, ${amount} as amount`
  await store.database.pool.query(wrong(`'1 day'::interval`))
  await expect(run({ view: 'bi_wrong' })).rejects.toThrow(
    "bi_wrong.amount has the type interval, which can't be exported.",
  )
  await store.database.pool.query(`drop view bi_wrong; ${wrong('0.0000000001')}`)
  const today = new Date().toISOString().slice(0, 10)
  await expect(run({ view: 'bi_wrong', from: today, to: today })).rejects.toThrow(
    'bi_wrong.amount holds a decimal of more digits than can be exported.',
  )
  expect(readdirSync(join(out, 'bi_wrong', `day=${today}`))).toEqual([])
})
