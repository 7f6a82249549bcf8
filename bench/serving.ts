import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { startDatabase } from '../deploy/database.ts'
import { customerFeatures as features } from '../features/customers/customer.ts'
import { createAdmin } from '../kafka/admin/admin.ts'
import { createPlainProducer } from '../kafka/producer/plain-producer.ts'
import { random } from '../models/random.ts'
import { processors, topics } from '../subjects/subjects.ts'
import { codecOf } from '../schemas/avro/codec.ts'
import { releasedRegistry } from '../schemas/release/registry.ts'
import { customerFeatures, type CustomerFeatures } from '../schemas/customers/customer-features.ts'
import { scores, type Score } from '../schemas/models/scores.ts'
import type { Topic } from '../schemas/topic.ts'
import { openDatabase } from '../store/database.ts'
import { lookAtServed } from '../store/models/served.ts'
import { createNaming } from '../streams/naming.ts'
import { platformTopics } from '../streams/platform-topics.ts'
import { repeated, type Benchmark, type BenchmarkContext } from './benchmark.ts'
import { freePort, runPlatform, startPlatform } from './platform-process.ts'

const PARTITIONS = 4
const CUSTOMERS = 10_000
const EVENTS_MAX = 100_000
const POLL_MS = 50
const START_MS_MAX = 60_000
const WARM_UP = 300
const REQUESTS = 2_000

/** What an application asks for most, each for another customer. */
const READS: Readonly<Record<string, (customer: number) => string>> = {
  customer: (customer) => `/customers/c${customer}`,
  scoreHistory: (customer) => `/customers/c${customer}/scores?limit=20`,
  newestScores: () => '/scores?limit=50',
  customers: () => '/customers?limit=50',
}

/** From the scored topics to a client's answer. */
export const serving: Benchmark = {
  name: 'serving',
  question: `How many rows of ${features.names.length} numbers a second does the sink write to PostgreSQL, and how long does a read of the API take?`,
  needsBroker: true,
  run: (context) => repeated(context, () => measure(context)),
}

async function measure(context: BenchmarkContext): Promise<Readonly<Record<string, number>>> {
  const { brokers, directory } = context
  const events = Math.min(context.events, EVENTS_MAX)
  const prefix = `bench-${process.pid}-${Date.now()}.`
  const naming = createNaming(prefix)
  const wanted = platformTopics(naming, { topics, processors, partitions: PARTITIONS }).map((topic) => ({
    ...topic,
    replicationFactor: 1,
  }))
  const admin = createAdmin({ brokers, clientId: 'bench' })
  const database = await startDatabase({ directory: join(directory, `${prefix}database`) })
  try {
    await admin.ensureTopics(wanted)
    const environment = {
      KAFKA_BROKERS: brokers.join(','),
      DATABASE_URL: database.url,
      TOPIC_PREFIX: prefix,
      TOPIC_PARTITIONS: String(PARTITIONS),
      DATA_DIRECTORY: join(directory, prefix),
    }
    await runPlatform(['migrate'], environment)
    await fill(brokers, naming.topic(customerFeatures as Topic), customerFeatures, featuresOf, events / 2)
    await fill(brokers, naming.topic(scores as Topic), scores, scoreOf, events / 2)
    const topics = [customerFeatures as Topic, scores as Topic].map((topic) => naming.topic(topic))
    const sinkRowsPerSecond = await sink(database.url, environment, topics, events)
    return { sinkRowsPerSecond, ...(await reads(environment)) }
  } finally {
    await database.stop()
    await admin.deleteTopics(wanted.map(({ name }) => name))
    await admin.close()
  }
}

async function fill<Event>(
  brokers: readonly string[],
  name: string,
  topic: Topic<Event>,
  eventOf: (index: number) => Event,
  count: number,
): Promise<void> {
  const producer = createPlainProducer({ brokers, clientId: 'bench' })
  await producer.connect()
  const { encode } = codecOf(topic, releasedRegistry)
  const records = Array.from({ length: count }, (_, index) => {
    const event = eventOf(index)
    return { key: topic.keyOf(event), value: encode(event) }
  })
  await producer.send(name, records)
  await producer.close()
}

const next = random(1)
const rowOf = () => Float32Array.from(features.names, () => next() * 1_000)
const startAt = Date.UTC(2026, 0, 1)
const envelope = (kind: string, index: number) => ({
  id: `${kind}${index}`,
  occurredAt: startAt + index * 1_000,
  source: 'bench',
})

function featuresOf(index: number): CustomerFeatures {
  const customerId = `c${index % CUSTOMERS}`
  return {
    ...envelope('f', index),
    customerId,
    featureSet: features.id,
    values: [...rowOf()],
    timeZone: 'Asia/Shanghai',
  }
}

function scoreOf(index: number): Score {
  const customerId = `c${index % CUSTOMERS}`
  return {
    ...envelope('s', index),
    task: 'loan-demand',
    subjectId: customerId,
    customerId,
    opportunityId: null,
    salespersonId: null,
    visitCount: null,
    probability: next(),
    modelId: 'bench',
    absent: null,
    featureSet: features.id,
    row: [...rowOf()],
    text: null,
    lineTimes: null,
    inputTopic: null,
    inputPartition: null,
    inputOffset: null,
  }
}

/** From the first rows that are there to the last: a start is no steady work. */
async function sink(
  url: string,
  environment: Readonly<Record<string, string>>,
  topics: readonly string[],
  events: number,
): Promise<number> {
  const database = openDatabase({ url, poolMax: 1 })
  const written = () =>
    lookAtServed(database, ({ positions }) =>
      Promise.resolve(
        topics
          .flatMap((topic) =>
            Array.from({ length: PARTITIONS }, (_, partition) => positions.get(`${topic}/${partition}`) ?? 0),
          )
          .reduce((sum, position) => sum + position, 0),
      ),
    )
  const running = startPlatform(['sink'], environment)
  try {
    let first: { readonly at: number; readonly rows: number } | undefined
    for (;;) {
      await delay(POLL_MS)
      if (running.exitCode !== null) throw new Error(`The sink ended with code ${running.exitCode}.`)
      const rows = await written()
      const at = performance.now()
      if (rows > 0) first ??= { at, rows }
      if (rows >= events) return ((rows - first!.rows) * 1_000) / (at - first!.at)
    }
  } finally {
    await running.stop()
    await database.destroy()
  }
}

/** One after the other, on one connection, as an application's thread would ask. */
async function reads(environment: Readonly<Record<string, string>>): Promise<Readonly<Record<string, number>>> {
  const port = await freePort()
  const base = `http://127.0.0.1:${port}`
  const running = startPlatform(['api'], { ...environment, API_PORT: String(port) })
  try {
    await answering(`${base}/health`)
    const figures: Record<string, number> = {}
    for (const [name, pathOf] of Object.entries(READS)) {
      const times = new Float64Array(REQUESTS)
      for (let index = -WARM_UP; index < REQUESTS; index++) {
        const askedAt = performance.now()
        const answer = await fetch(base + pathOf(Math.floor(next() * CUSTOMERS)))
        await answer.arrayBuffer()
        if (!answer.ok) throw new Error(`${answer.url} was answered with ${answer.status}.`)
        if (index >= 0) times[index] = performance.now() - askedAt
      }
      times.sort()
      figures[`${name}P50Ms`] = times[REQUESTS >> 1]!
      figures[`${name}P99Ms`] = times[Math.floor(REQUESTS * 0.99)]!
    }
    return figures
  } finally {
    await running.stop()
  }
}

async function answering(url: string): Promise<void> {
  const giveUpAt = performance.now() + START_MS_MAX
  while (
    !(await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    ))
  ) {
    if (performance.now() > giveUpAt) throw new Error(`${url} did not answer within ${START_MS_MAX / 1_000} s.`)
    await delay(POLL_MS)
  }
}
