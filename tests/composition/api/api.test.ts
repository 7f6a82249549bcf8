/** Runs the API as in production: on a real broker and a real database, with models from the releases topic. */
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMetrics } from '../../../api/operations/metrics.ts'
import { startApi } from '../../../composition/api/api.ts'
import type { CommandContext } from '../../../composition/context.ts'
import { namingOf } from '../../../composition/kafka.ts'
import { NOT_YET_AT_WORK } from '../../../composition/running-part.ts'
import { readConfig } from '../../../config.ts'
import { findFreePort } from '../../../deploy/ports.ts'
import { customerFeatures as featureSet } from '../../../features/customers/customer.ts'
import { createAdmin, type Admin } from '../../../kafka/admin/admin.ts'
import { createKafkaClient } from '../../../kafka/kafka-client.ts'
import { createPlainProducer, type PlainProducer } from '../../../kafka/producer/plain-producer.ts'
import { encodeArtefact } from '../../../models/artefact.ts'
import { linear } from '../../../models/linear/linear.ts'
import { codecOf } from '../../../schemas/avro/codec.ts'
import { customerFeatures } from '../../../schemas/customers/customer-features.ts'
import { releases } from '../../../schemas/models/releases.ts'
import { releasedRegistry } from '../../../schemas/release/registry.ts'
import { scores } from '../../../schemas/models/scores.ts'
import type { Topic } from '../../../schemas/topic.ts'
import { visits } from '../../../schemas/visits/visits.ts'
import { platformTopics } from '../../../streams/platform-topics.ts'
import { NOW, scoreOf } from '../../api/stored-world.ts'
import { brokers, migratedDatabase, uniqueName, waitFor } from '../../support/services.ts'
import { topics } from '../../../subjects/subjects.ts'

const PARTITIONS = 2

let context: CommandContext
let address: string
let admin: Admin
let producer: PlainProducer
let topicNames: string[]
const undo: (() => Promise<unknown>)[] = []
let partReady = false

beforeAll(async () => {
  const prefix = `${uniqueName('api')}.`
  const database = await migratedDatabase()
  undo.push(database.drop)
  const directory = mkdtempSync(join(tmpdir(), 'scoreline-api-'))
  undo.push(() => Promise.resolve(rmSync(directory, { recursive: true })))
  const port = await findFreePort()
  const config = readConfig({
    KAFKA_BROKERS: brokers().join(','),
    DATABASE_URL: database.url,
    DATA_DIRECTORY: directory,
    TOPIC_PREFIX: prefix,
    TOPIC_PARTITIONS: String(PARTITIONS),
    API_PORT: String(port),
  })
  context = { config, log: () => {}, print: () => {}, stopped: new AbortController().signal, fail: () => {} }

  const options = { brokers: brokers(), clientId: 'api-test', log: () => {} }
  admin = createAdmin(options)
  undo.push(() => admin.close())
  const wanted = platformTopics(namingOf(config), { topics, processors: [], partitions: PARTITIONS }).map((topic) => ({
    ...topic,
    replicationFactor: 1,
  }))
  topicNames = wanted.map(({ name }) => name)
  await admin.ensureTopics(wanted)
  undo.push(() => admin.deleteTopics(topicNames))
  producer = createPlainProducer(options)
  await producer.connect()
  undo.push(() => producer.close())
  const part = await startApi(context, createMetrics(), () => [
    { name: 'processors', trouble: () => (partReady ? undefined : NOT_YET_AT_WORK), stop: () => Promise.resolve() },
  ])
  undo.push(() => part.stop())
  address = `http://127.0.0.1:${port}`
})

afterAll(async () => {
  for (const step of undo.reverse()) await step()
})

const send = async <T>(topic: Topic<T>, value: T) =>
  producer.send(namingOf(context.config).topic(topic as Topic), [
    { key: topic.keyOf(value), value: codecOf(topic, releasedRegistry).encode(value) },
  ])

const post = async (path: string, body: unknown) => {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${address}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

test('a posted event is in Kafka at the place that the answer names', async () => {
  const events = Array.from({ length: 20 }, (_, index) => ({
    id: `e-${index}`,
    occurredAt: '2026-01-31T09:00:00Z',
    source: 'test',
    visitId: `v-${index}`,
    opportunityId: 'o-1',
    customerId: `c-${index}`,
    salespersonId: 's-1',
    text: '客户很感兴趣',
  }))
  const { status, body } = await post('/events/visits', events)
  expect(status).toBe(202)
  const positions = body['positions'] as { partition: number; offset: number }[]
  expect(new Set(positions.map(({ partition }) => partition)).size).toBe(PARTITIONS)

  const client = createKafkaClient({ brokers: brokers(), clientId: 'api-test' })
  const fetcher = client.fetcher()
  try {
    const topic = namingOf(context.config).topic(visits as Topic)
    const found = new Map<string, string>()
    for (let partition = 0; partition < PARTITIONS; partition++) await fetcher.assign({ topic, partition }, 'earliest')
    await waitFor(
      async () => {
        await fetcher.wait(100)
        for (let partition = 0; partition < PARTITIONS; partition++) {
          for (
            let batch = fetcher.take(topic, partition);
            batch !== undefined;
            batch = fetcher.take(topic, partition)
          ) {
            for (let index = 0; index < batch.count; index++) {
              const start = batch.valueStarts[index]!
              const value = codecOf(visits, releasedRegistry).decode(
                batch.bytes,
                start,
                start + batch.valueLengths[index]!,
              )
              found.set(`${partition}/${batch.offsets[index]}`, value.id)
            }
          }
        }
        return found.size === events.length
      },
      { what: 'every event' },
    )
    expect(positions.map(({ partition, offset }) => found.get(`${partition}/${offset}`))).toEqual(
      events.map(({ id }) => id),
    )
  } finally {
    await fetcher.close()
    await client.close()
  }
})

test('published results arrive at a follower', async () => {
  const leaving = new AbortController()
  const answer = await fetch(`${address}/live?topics=scores`, { signal: leaving.signal })
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const reading = (async () => {
    for (;;) {
      const { value, done } = await reader.read()
      if (done) return
      text += value
    }
  })().catch(() => {})
  try {
    // The follower starts at the end of the topic and does not see earlier records.
    let at = NOW
    await waitFor(
      async () => {
        await send(scores, scoreOf('loan-demand', 'c-1', 0.7, at++))
        return text.includes('"probability":0.7')
      },
      { what: 'a score', intervalMs: 300 },
    )
  } finally {
    leaving.abort()
    await reading
  }
})

test('a model that is released scores on request, without a restart', async () => {
  const name = featureSet.names[0]!
  expect(await post('/score/loan-demand', { features: { [name]: 1 } })).toMatchObject({
    status: 409,
    body: { detail: 'No model is released for loan-demand yet.' },
  })
  const width = featureSet.names.length
  const count = 60
  const rows = Float32Array.from({ length: count * width }, (_, index) => ((index * 7919) % 101) / 101)
  const parameters = linear.train(
    {
      count,
      width,
      rows,
      texts: Array.from({ length: count }, () => null),
      featureNames: featureSet.names,
      labels: Float64Array.from({ length: count }, (_, row) => rows[row * width]!),
      times: Float64Array.from({ length: count }, (_, row) => row),
    },
    1,
  )
  const artefact = Buffer.from(
    encodeArtefact({
      task: 'loan-demand',
      algorithm: linear.name,
      featureSet: featureSet.id,
      featureNames: featureSet.names,
      parameters,
    }),
  )
  const modelId = createHash('sha256').update(artefact).digest('hex')
  await send(releases, {
    id: 'release-1',
    occurredAt: NOW,
    source: 'test',
    task: 'loan-demand',
    modelId,
    algorithm: linear.name,
    featureSet: featureSet.id,
    artefact,
    metrics: {},
    reason: 'the first',
    replaces: null,
    trials: [],
  })
  const body = await waitFor(
    async () => {
      const answer = await post('/score/loan-demand', { features: { [name]: 0.5 } })
      return answer.status === 200 && answer.body
    },
    { what: 'a score by the released model' },
  )
  expect(body).toMatchObject({ modelId, algorithm: 'linear' })
  expect(Number.isFinite(body['probability'])).toBe(true)
})

test('features that are published are served, without the database', async () => {
  const features = {
    id: 'features-1',
    occurredAt: NOW,
    source: 'test',
    customerId: 'c-1',
    featureSet: featureSet.id,
    values: featureSet.names.map((_, index) => index / 2),
    timeZone: 'UTC',
  }
  await send(customerFeatures, features)
  const body = await waitFor(
    async () => {
      const answer = await fetch(`${address}/features/c-1`)
      return answer.status === 200 && ((await answer.json()) as { features: object })
    },
    { what: 'the features' },
  )
  expect(body).toMatchObject({ featureSet: featureSet.id, occurredAt: new Date(NOW).toISOString() })
  expect(Object.entries(body.features)).toEqual(featureSet.names.map((name, index) => [name, index / 2]))
  expect(await post('/features', { customerIds: ['c-1', 'nobody'], names: [featureSet.names[3]] })).toMatchObject({
    status: 200,
    body: { items: [{ customerId: 'c-1', features: { [featureSet.names[3]!]: 1.5 } }], unknown: ['nobody'] },
  })
})

test('it is ready when every part is, and names the parts that are not', async () => {
  const before = await fetch(`${address}/ready`)
  expect(before.status).toBe(503)
  expect(await before.json()).toMatchObject({
    ready: false,
    parts: [
      { part: 'postgres', ready: true },
      { part: 'kafka', ready: true },
      { part: 'processors', ready: false, reason: NOT_YET_AT_WORK },
    ],
  })
  partReady = true
  expect((await fetch(`${address}/ready`)).status).toBe(200)
})

test('a port that is taken is named with the variable that moves it', async () => {
  await expect(startApi(context, createMetrics(), () => [])).rejects.toThrow(
    /^Port \d+ of 127\.0\.0\.1 is taken: .*API_PORT/,
  )
})
