import { startSink } from '../../../composition/sink/sink.ts'
import { namingOf, openProducer, openReader } from '../../../composition/kafka.ts'
import type { RunningPart } from '../../../composition/running-part.ts'
import { untilCaughtUp } from '../../../composition/caught-up.ts'
import { verifyDatabase, type DatabaseVerification } from '../../../composition/verify/verify-database.ts'
import { codecOf } from '../../../schemas/avro/codec.ts'
import { releasedRegistry } from '../../../schemas/release/registry.ts'
import { scores } from '../../../schemas/models/scores.ts'
import type { Topic } from '../../../schemas/topic.ts'
import { visits } from '../../../schemas/visits/visits.ts'
import { columnName } from '../../../store/sql/field-names.ts'
import { sinkTopics, writers } from '../../../subjects/subjects.ts'
import { deploy, type Deployment } from '../../end-to-end/deployment-under-test.ts'
import { validEvent } from '../../schemas/valid-event.ts'

/** Tables whose rows come from no topic: settings that people edit, and the platform’s own records. */
const NOT_OF_THE_SINK = {
  sink_positions: 'compared with the ends of the topics',
  sink_progress: 'how far the sink has come, by the wall clock',
  deployment: 'which deployment the database belongs to',
  setting_versions: 'edited by people',
  api_keys: 'issued by administrators',
  models: 'registered by the retrainer',
  model_acts: 'done by people and by the platform itself',
  label_holds: 'labels that wait for a person',
  model_reports: 'measured by the retrainer',
  trainings: 'recorded by the retrainer, or asked for by people',
  outbox: 'on its way to Kafka',
  customer_merges: 'merges, done by people',
  personal_data_acts: 'exports and erasures, done by people',
  held_activations: 'policies that were not activated',
  deliveries: 'on its way to whom alerts are sent',
  delivery_positions: 'how far the deliveries have come',
  dispatched_calls: 'calls that the API let call systems make',
  call_sessions: 'live calls that the API leads',
  revision_decisions: 'decided by people',
  chosen_scripts: 'scripts that the API gave calls, to be told again',
  scripts: 'scripts that the API generated',
  script_groups: 'target groups that they were given to',
  script_reviews: 'their reviews by people',
  campaign_pacing: 'how many calls are dialled for each agent',
  dispatch_deferrals: 'customers whom the API refused, until when',
  held_channels: 'channels that wait for a person',
  kysely_migration: 'which migrations were run',
  kysely_migration_lock: 'that one runs at a time',
}

/** Fixed values for keys that contain free text. */
const FIXED: Record<string, object> = {
  scores: { task: 'conversion' },
  alerts: { kind: 'invalid-visits' },
  priorities: { scope: 'salesperson' },
}

/** Enough rows that each column of a table can be changed in a row of its own. */
const CUSTOMERS = 50
const EVENTS = 100
const START = Date.UTC(2026, 5, 1)

let deployment: Deployment
let sink: RunningPart
beforeAll(async () => {
  deployment = await deploy()
  sink = await startSink(deployment.context)
  for (const topic of sinkTopics)
    await publish(
      topic,
      Array.from({ length: EVENTS }, (_, index) => eventOf(topic, index)),
    )
  await publish(scores as Topic, [{ ...eventOf(scores as Topic, 0), id: 'refused', subjectId: hugeId }])
  const careless = await openProducer(deployment.context, 'careless')
  await careless.send(namingOf(deployment.context.config).topic(visits as Topic), [
    { key: 'c1', value: Buffer.from('?') },
  ])
  await careless.close()
  await untilCaughtUp(deployment.context, [sink], 'Catching up')
  await query('create schema backup')
  for (const { name } of sunkTables) await query(`create table backup.${name} as table ${name}`)
}, 120_000)
afterAll(async () => {
  await sink.stop()
  await deployment.close()
})

const sunkTables = [
  ...new Map(
    writers.flatMap(({ tables }) => tables.map(({ name, key }) => [name, { name, key: key.map(columnName) }])),
  ).values(),
]

/** A random id that exceeds the size of a PostgreSQL index entry even if compressed. */
const hugeId = Array.from({ length: 3_000 }, (_, index) =>
  String.fromCodePoint(0x4e00 + ((index * 7919) % 20_000)),
).join('')

/** Creates an event with arbitrary values, but few different ids, so that rows replace each other. */
function eventOf(topic: Topic, index: number) {
  const of = index % CUSTOMERS
  const ids = Object.keys(topic.schema.fields).filter((name) => name.endsWith('Id') || name === 'owner')
  return validEvent(topic, index, {
    ...Object.fromEntries(ids.map((name) => [name, `${name}-${of}`])),
    ...FIXED[topic.name],
    id: `${topic.name}-${index % (EVENTS - 10)}`,
    occurredAt: START + ((index * 7) % 50) * 86_400_000,
  })
}

async function publish(topic: Topic, events: readonly unknown[]): Promise<void> {
  const producer = await openProducer(deployment.context, 'test')
  const codec = codecOf(topic, releasedRegistry)
  const records = events.map((event) => ({ key: topic.keyOf(event), value: codec.encode(event) }))
  await producer.send(namingOf(deployment.context.config).topic(topic), records)
  await producer.close()
}

async function query<Row extends object>(text: string): Promise<Row[]> {
  return (await deployment.database.pool.query<Row>(text)).rows
}

async function verified(): Promise<DatabaseVerification> {
  const { config, log } = deployment.context
  const { client, registry } = await openReader(config, log, 'verify')
  try {
    return await verifyDatabase({
      database: deployment.database,
      client,
      naming: namingOf(config),
      registry,
      partitionCountOf: () => config.TOPIC_PARTITIONS,
      directory: config.DATA_DIRECTORY,
      scoresRetentionMs: null,
    })
  } finally {
    await client.close()
  }
}

interface Column {
  readonly column: string
  readonly type: string
}

/** Returns the columns of a table, except generated ones. */
function columnsOf(table: string): Promise<Column[]> {
  return query<Column>(
    `select column_name as column, udt_name as type from information_schema.columns
     where table_schema = 'public' and table_name = '${table}' and is_generated = 'NEVER' order by 1`,
  )
}

async function insertAll(table: string, from: string): Promise<void> {
  const names = (await columnsOf(table)).map(({ column }) => `"${column}"`).join(', ')
  await query(`insert into ${table} (${names}) select ${names} from ${from}`)
}

async function restore(): Promise<void> {
  for (const { name } of sunkTables) {
    await query(`truncate ${name}`)
    await insertAll(name, `backup.${name}`)
  }
}

test('every row of every table is compared, and right', async () => {
  const { tables, differences, different } = await verified()
  expect(differences).toEqual([])
  expect(different).toBe(0)
  for (const { name } of sunkTables) {
    const [rows] = await query<{ count: number }>(`select count(*) from ${name}`)
    expect([name, rows!.count]).toEqual([name, tables[name]!.compared])
    expect(rows!.count).toBeGreaterThan(20)
  }
  expect(await query(`select id from dead_letters where processor = 'sink'`)).toHaveLength(1)
}, 60_000)

test('every table of the database is the sink’s, or is known not to be', async () => {
  const rows = await query<{ name: string }>(
    `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition`,
  )
  const known = [...sunkTables.map(({ name }) => name), ...Object.keys(NOT_OF_THE_SINK)]
  expect(rows.map(({ name }) => name).sort()).toEqual(known.sort())
})

test('a changed value in any column of any table is named, with the correct value', async () => {
  const changes: { table: string; column: string; isKey: boolean; id: string }[] = []
  for (const { name, key } of sunkTables) {
    const columns = await columnsOf(name)
    const rows = await query<Record<string, string>>(
      `select tableoid::text as "the table", ctid::text as "the row", ${key.map((column) => `"${column}"`).join(', ')} from ${name}
       ${name === 'dead_letters' ? `where processor <> 'sink'` : ''} limit ${columns.length}`,
    )
    for (const [index, { column, type }] of columns.entries()) {
      const row = rows[index]!
      await query(
        `update ${name} set "${column}" = ${changed(`"${column}"`, type)} where tableoid = ${row['the table']} and ctid = '${row['the row']}'`,
      )
      changes.push({ table: name, column, isKey: key.includes(column), id: textOf(key.map((part) => row[part])) })
    }
  }
  const { differences } = await verified()
  await restore()
  const unnamed = changes.filter(({ table, column, isKey, id }) => {
    const place = `table ${table}: ${id}`
    return !differences.some((found) =>
      isKey ? found.place === place && found.got === 'no row' : found.place === `${place}, column ${column}`,
    )
  })
  expect(unnamed.map(({ table, column }) => `${table}.${column}`)).toEqual([])
  expect(differences.filter(({ expected, got }) => expected === got)).toEqual([])
}, 60_000)

test('a missing row and an unexplained one are named, in every table', async () => {
  const lost = new Map<string, string>()
  for (const { name, key } of sunkTables) {
    const quoted = key.map((column) => `"${column}"`).join(', ')
    const [row] = await query<Record<string, string>>(
      `delete from ${name} where (tableoid, ctid) in (select tableoid, ctid from ${name} limit 1) returning ${quoted}`,
    )
    lost.set(name, textOf(key.map((part) => row![part])))
    const text = key.find((column) => column !== 'occurred_at')!
    await query(
      `create table backup.copy as select * from ${name} limit 1; update backup.copy set "${text}" = 'nobody''s'`,
    )
    await insertAll(name, 'backup.copy')
    await query('drop table backup.copy')
  }
  const { differences } = await verified()
  await restore()
  for (const { name } of sunkTables) {
    const places = differences.filter(({ place }) => place.startsWith(`table ${name}:`))
    expect(places).toContainEqual({
      place: `table ${name}: ${lost.get(name)}`,
      expected: expect.anything() as unknown,
      got: 'no row',
    })
    // A compacted topic holds only the last event of each key.
    if (name !== 'recommendation_history')
      expect(places.find(({ place }) => place.includes('nobody’s'.replace('’', "'")))?.expected).toBe('no row')
  }
}, 60_000)

test('a position after the end of its topic is named', async () => {
  const topic = namingOf(deployment.context.config).topic(scores as Topic)
  await query(`update sink_positions set next_offset = next_offset + 100000 where topic = '${topic}' and partition = 1`)
  const { differences } = await verified()
  await query(`update sink_positions set next_offset = next_offset - 100000 where topic = '${topic}' and partition = 1`)
  expect(differences.map(({ place }) => place)).toEqual([`table sink_positions: ${topic}/1, column next_offset`])
})

function textOf(key: readonly unknown[]): string {
  return key.map((part) => (part instanceof Date ? part.getTime() : String(part))).join(' ')
}

/** Returns another value of the type, also for null. */
function changed(column: string, type: string): string {
  switch (type) {
    case 'text':
      return `coalesce(${column}, '') || '!'`
    case 'int4':
    case 'int8':
      return `case when ${column} is distinct from 7 then 7 else 8 end`
    case 'float8':
      return `case when ${column} is distinct from 0.5 then 0.5 else 0.25 end`
    case 'bool':
      return `not coalesce(${column}, false)`
    case 'timestamptz':
      return `coalesce(${column}, 'epoch') + interval '1 microsecond'`
    case '_timestamptz':
      return `array_append(${column}, 'epoch')`
    case '_float4':
      return `array_append(${column}, 1.5)`
    case 'jsonb':
      return `jsonb_build_object('was', ${column})`
    case 'bytea':
      return `coalesce(${column}, '') || '\\x01'`
    default:
      throw new Error(`How is a ${type} changed?`)
  }
}
