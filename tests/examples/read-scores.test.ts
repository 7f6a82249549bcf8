import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createAdmin } from '../../kafka/admin/admin.ts'
import { createKafkaClient } from '../../kafka/kafka-client.ts'
import { codecOf } from '../../schemas/avro/codec.ts'
import { releasedRegistry } from '../../schemas/release/registry.ts'
import { scores, type Score } from '../../schemas/models/scores.ts'
import { apiUnderTest, type ApiUnderTest } from '../api/api-under-test.ts'
import { brokers, uniqueName, waitFor } from '../support/services.ts'

const prefix = `${uniqueName('example')}.`
const topic = `${prefix}scores`
const options = { brokers: brokers(), clientId: 'example-test' }
const admin = createAdmin(options)
const client = createKafkaClient(options)
let api: ApiUnderTest
let apiUrl: string

beforeAll(async () => {
  api = await apiUnderTest()
  apiUrl = await api.server.listen({ host: '127.0.0.1', port: 0 })
  await admin.ensureTopics([{ name: topic, partitions: 1 }])
})
afterAll(async () => {
  await Promise.all([api.close(), client.close()])
  await admin.deleteTopics([topic])
  await admin.close()
})

const scoreOf = (subjectId: string, probability: number | null): Score => ({
  id: `score-of-${subjectId}`,
  occurredAt: Date.UTC(2026, 2, 1),
  source: 'scoreline/loan-demand@1',
  task: 'loan-demand',
  subjectId,
  customerId: subjectId,
  opportunityId: null,
  salespersonId: null,
  visitCount: null,
  probability,
  modelId: null,
  absent: probability === null ? 'No model is released.' : null,
  featureSet: 'customer@1',
  row: [1, Number.NaN],
  text: null,
  lineTimes: null,
  inputTopic: null,
  inputPartition: null,
  inputOffset: null,
  featuresId: null,
  propensity: null,
  acted: null,
})

/** Publishes as processors do: some transactions are committed, others aborted. */
async function publish(): Promise<void> {
  const codec = codecOf(scores, releasedRegistry)
  const producer = client.transactionalProducer(uniqueName('processor'))
  await producer.init()
  const write = (score: Score) =>
    producer.append(topic, 0, score.occurredAt, Buffer.from(score.customerId), codec.encode(score))
  producer.begin()
  write(scoreOf('客户-1', 0.25))
  await producer.commit()
  producer.begin()
  write(scoreOf('rolled-back', 0.9))
  await producer.flush()
  await producer.abort()
  producer.begin()
  write(scoreOf('c-2', null))
  await producer.commit()
}

test('the example prints the committed scores, and ends on request', async () => {
  await publish()
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../examples/read-scores.ts')], {
    env: {
      ...process.env,
      KAFKA_BROKERS: brokers().join(','),
      API_URL: apiUrl,
      TOPIC_PREFIX: prefix,
      GROUP_ID: uniqueName('example'),
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const exit = once(child, 'exit')
  const printed: unknown[] = []
  createInterface({ input: child.stdout }).on('line', (line) => printed.push(JSON.parse(line)))
  try {
    await waitFor(() => printed.length >= 2, { what: 'two printed scores', timeoutMs: 40_000 })
  } finally {
    child.kill('SIGTERM')
  }
  expect(await exit).toEqual([0, null])
  const common = { partition: 0, task: 'loan-demand', at: '2026-03-01T00:00:00.000Z' }
  expect(printed).toEqual([
    { ...common, offset: '0', subjectId: '客户-1', customerId: '客户-1', probability: 0.25, absent: null },
    { ...common, offset: '4', subjectId: 'c-2', customerId: 'c-2', probability: null, absent: 'No model is released.' },
  ])
}, 60_000)
