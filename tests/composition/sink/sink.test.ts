/** Tests the sink when topics or database have been replaced, on a real broker and a real database. */
import { setTimeout as delay } from 'node:timers/promises'
import type { CommandContext } from '../../../composition/context.ts'
import { acceptedTopicsOf, ensureTopics, namingOf, openProducer } from '../../../composition/kafka.ts'
import { createPublisher, type Publisher } from '../../../composition/publisher.ts'
import type { RunningPart } from '../../../composition/running-part.ts'
import { startSink } from '../../../composition/sink/sink.ts'
import { startSinkThread } from '../../../composition/sink/start-sink-thread.ts'
import { readConfig, type Config } from '../../../config.ts'
import { createAdmin, type Admin } from '../../../kafka/admin/admin.ts'
import { createKafkaClient } from '../../../kafka/kafka-client.ts'
import type { KafkaClient } from '../../../kafka/client.ts'
import { profiles } from '../../../schemas/customers/profiles.ts'
import { firstOutcome, outcomes, type Outcome } from '../../../schemas/models/outcomes.ts'
import { releasedRegistry } from '../../../schemas/release/registry.ts'
import type { Topic } from '../../../schemas/topic.ts'
import { openDatabase, type Database } from '../../../store/database.ts'
import { listGaps } from '../../../store/operations/gaps.ts'
import { decisiveAsOf, sinkAsOf } from '../../../store/operations/sink-progress.ts'
import { noMetrics } from '../../../streams/metrics.ts'
import { brokers, migratedDatabase, uniqueName, waitFor } from '../../support/services.ts'

const undo: (() => Promise<unknown>)[] = []
let config: Config
let context: CommandContext
let database: Database
let databaseUrl: string
let publisher: Publisher
let admin: Admin
let client: KafkaClient
const parts: RunningPart[] = []

const contextOf = (of: Config): CommandContext => ({
  config: of,
  log: () => {},
  print: () => {},
  stopped: new AbortController().signal,
  fail: (error) => console.error(error),
})

beforeEach(async () => {
  const fresh = await migratedDatabase()
  databaseUrl = fresh.url
  undo.push(() => fresh.drop())
  config = readConfig({
    KAFKA_BROKERS: brokers().join(','),
    DATABASE_URL: fresh.url,
    TOPIC_PREFIX: `${uniqueName('sink')}.`,
    TOPIC_PARTITIONS: '2',
    SESSION_TIMEOUT_MS: '6000',
  })
  context = contextOf(config)
  await ensureTopics(context)
  database = openDatabase({ url: fresh.url, poolMax: 2 })
  undo.push(() => database.destroy())
  const producer = await openProducer(context, 'test')
  undo.push(() => producer.close())
  publisher = createPublisher(producer, namingOf(config), releasedRegistry)
  admin = createAdmin({ brokers: brokers(), clientId: 'sink-test' })
  undo.push(() => admin.close())
  client = createKafkaClient({ brokers: brokers(), clientId: 'sink-test' })
  undo.push(() => client.close())
})

afterEach(async () => {
  for (const part of parts.splice(0)) await part.stop()
  for (const step of undo.splice(0).reverse()) await step()
})

async function start(changes: Partial<Config> = {}, metrics = noMetrics): Promise<RunningPart> {
  const part = await startSink(contextOf({ ...config, ...changes }), metrics)
  parts.push(part)
  return part
}
async function stop(part: RunningPart): Promise<void> {
  parts.splice(parts.indexOf(part), 1)
  await part.stop()
}

const outcomeOf = (id: string): Outcome => ({
  id,
  occurredAt: 1_000,
  source: 'test',
  task: 'conversion',
  subjectId: id,
  customerId: `c-${id}`,
  value: 1,
  asOf: null,
  ...firstOutcome,
})
const tell = (name: string, count: number) =>
  publisher.publish(
    outcomes as Topic,
    Array.from({ length: count }, (_, index) => outcomeOf(`${name}${index}`)),
  )
const tellProfile = (customerId: string) =>
  publisher.publish(profiles as Topic, [
    {
      id: customerId,
      occurredAt: 1_000,
      source: 'test',
      customerId,
      name: customerId,
      sex: null,
      birthYear: null,
      registeredPlace: null,
      residence: null,
      segment: null,
      timeZone: 'Asia/Shanghai',
      attributes: {},
    },
  ])
async function countOf(table: string, where = 'true'): Promise<number> {
  const { rows } = await database.pool.query<{ count: number }>(`select count(*) from ${table} where ${where}`)
  return rows[0]!.count
}
const untilCount = (table: string, count: number) =>
  waitFor(async () => (await countOf(table)) === count, { what: `${count} rows of ${table}` })
const untilTrouble = (part: RunningPart, pattern: RegExp) =>
  waitFor(() => pattern.test(part.trouble() ?? '') && part.trouble(), {
    what: `a trouble like ${String(pattern)}`,
    timeoutMs: 30_000,
  })
const untilWell = (part: RunningPart) =>
  waitFor(() => part.trouble() === undefined, { what: 'no trouble any more', timeoutMs: 30_000 })

async function replace(topic: Topic): Promise<string> {
  const name = namingOf(config).topic(topic)
  await admin.deleteTopics([name])
  await ensureTopics(context)
  const [description] = await client.describeTopics([name])
  return `${name}:${description!.topicId}`
}

test('if retention has deleted unread records, the partition continues after the gap, which is recorded and counted', async () => {
  await tell('a', 10)
  const first = await start()
  await untilCount('outcomes', 10)
  await stop(first)
  await tell('lost', 6)
  const name = namingOf(config).topic(outcomes as Topic)
  const ends = await Promise.all([0, 1].map((partition) => client.listOffset({ topic: name, partition }, 'latest')))
  await admin.purge(name)
  await tell('b', 7)
  await tellProfile('someone')
  const counted: unknown[] = []
  const second = await start({}, { ...noMetrics, gapFound: (...gap) => void counted.push(gap) })
  await untilCount('outcomes', 17)
  await untilCount('customers', 1)
  await untilWell(second)
  await waitFor(() => second.lag!() === 0, { what: 'no lag' })
  const found = await listGaps(database, { limit: 10 })
  expect(found.length).toBeGreaterThan(0)
  expect(found.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(6)
  for (const gap of found) expect(gap).toMatchObject({ processor: 'sink', topic: name, to: ends[gap.partition] })
  expect(counted).toHaveLength(found.length)
}, 60_000)

test('a recreated topic is not skipped: the others continue, and once it is accepted all of it is written', async () => {
  await tell('old', 8)
  const first = await start()
  await untilCount('outcomes', 8)
  await stop(first)
  const accepted = await replace(outcomes as Topic)
  await tell('new', 30)
  await tellProfile('someone')
  const held = await start()
  expect(await untilTrouble(held, /deleted and recreated/)).toContain(`ACCEPTED_TOPICS=${accepted}`)
  await untilCount('customers', 1)
  expect(await countOf('outcomes')).toBe(8)
  await stop(held)

  const chosen = await start({ ACCEPTED_TOPICS: `other:1, ${accepted}` })
  await untilCount('outcomes', 38)
  await untilWell(chosen)
  await stop(chosen)
  // The position now refers to the new topic.
  await tell('more', 2)
  await start()
  await untilCount('outcomes', 40)
  expect(acceptedTopicsOf(config)).toEqual(new Set())
}, 90_000)

test('a topic that is replaced while the sink runs is reported as well', async () => {
  await tell('old', 8)
  const sink = await start()
  await untilCount('outcomes', 8)
  const accepted = await replace(outcomes as Topic)
  await tell('new', 30)
  expect(await untilTrouble(sink, /deleted and recreated/)).toContain(`ACCEPTED_TOPICS=${accepted}`)
  await tellProfile('someone')
  await untilCount('customers', 1)
  expect(await countOf('outcomes')).toBe(8)
  // The overall progress is unknown, but all topics that decide on calls are stored.
  const [now, asOf] = [new Date(), await sinkAsOf(database)]
  await waitFor(async () => (await decisiveAsOf(database))! > now, { what: 'progress of what decides on calls' })
  expect(await sinkAsOf(database)).toEqual(asOf)
}, 60_000)

test('a database that rejects writes is reported although nothing waits to be written, until it accepts writes again', async () => {
  const sink = await start()
  const asOf = () => sinkAsOf(database)
  const first = await waitFor(asOf, { what: 'word of how far the sink is' })
  await waitFor(async () => (await asOf())! > first, { what: 'the next word of it' })
  expect(sink.trouble()).toBeUndefined()
  const operator = openDatabase({ url: databaseUrl, poolMax: 1 })
  const orders = async (readOnly: boolean) => {
    await operator.pool.query('begin read write')
    await operator.pool.query(
      `do $$ begin execute format('alter database %I set default_transaction_read_only = ${readOnly ? 'on' : 'off'}', current_database()); end $$`,
    )
    await operator.pool.query('commit')
    await operator.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name like 'scoreline-sink%'`,
    )
  }
  try {
    await orders(true)
    await untilTrouble(sink, /read-only transaction/)
    const stopped = (await asOf())!
    await tell('waiting', 3)
    await delay(1_500)
    // The data is not reported as fresh: its age grows.
    expect(await asOf()).toEqual(stopped)
    await orders(false)
    await untilCount('outcomes', 3)
    await untilWell(sink)
    await waitFor(async () => (await asOf())! > stopped, { what: 'progress again' })
  } finally {
    await operator.destroy()
  }
}, 60_000)

test('in a thread of its own it writes the same, and its metrics, troubles and lag are reported here', async () => {
  let gaps = 0
  await tell('a', 10)
  const first = await start()
  await untilCount('outcomes', 10)
  await stop(first)
  await tell('b', 10)
  await admin.purge(namingOf(config).topic(outcomes as Topic))
  await tell('c', 5)
  const part = await startSinkThread(context, { ...noMetrics, gapFound: () => void gaps++ })
  parts.push(part)
  await waitFor(async () => (await countOf('outcomes', `id like 'c%'`)) === 5, { what: 'what came behind the gap' })
  await waitFor(() => gaps > 0, { what: 'word of the gap' })
  await waitFor(() => part.lag!() === 0, { what: 'no lag' })

  const chosen = await replace(outcomes as Topic)
  expect(await untilTrouble(part, /deleted and recreated/)).toContain(chosen)
  await stop(part)
}, 60_000)
