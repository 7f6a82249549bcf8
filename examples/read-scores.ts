/**
 * Reads scores as they are published, in a process of your own: copy this file and install `kafkajs` and
 * `@kafkajs/confluent-schema-registry`.
 *
 *     KAFKA_BROKERS=127.0.0.1:9092 API_URL=http://127.0.0.1:8080 node examples/read-scores.ts
 *
 * It prints one JSON object per line. Two things to keep in mind when you change it:
 *
 * - After a restart or a rebalance, a consumer in a group gets some records again. kafkajs may also show a score of a
 *   transaction that was aborted; the one that counts always follows. So let each score replace the previous one of the
 *   same task and subject, as an upsert does.
 * - The API serves the schemas, including those of later releases of the platform.
 */
import registryLibrary from '@kafkajs/confluent-schema-registry'
import kafkajs from 'kafkajs'

/** Some of the fields; docs/topics.md lists all of them. */
interface Score {
  readonly task: string
  readonly subjectId: string
  readonly customerId: string
  readonly occurredAt: number
  /** `null` if there is no score; `absent` gives the reason. */
  readonly probability: number | null
  readonly absent: string | null
}

const {
  KAFKA_BROKERS = '127.0.0.1:9092',
  API_URL = 'http://127.0.0.1:8080',
  TOPIC_PREFIX = '',
  GROUP_ID = 'my-scores',
} = process.env

const registry = new registryLibrary.SchemaRegistry({ host: API_URL })
const kafka = new kafkajs.Kafka({
  clientId: GROUP_ID,
  brokers: KAFKA_BROKERS.split(','),
  logLevel: kafkajs.logLevel.WARN,
})
const consumer = kafka.consumer({ groupId: GROUP_ID, readUncommitted: false, maxWaitTimeInMs: 100 })

function onScore(partition: number, offset: string, score: Score): void {
  const { task, subjectId, customerId, occurredAt, probability, absent } = score
  const at = new Date(occurredAt).toISOString()
  console.log(JSON.stringify({ partition, offset, task, subjectId, customerId, at, probability, absent }))
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void consumer.disconnect())

await consumer.connect()
await consumer.subscribe({ topics: [`${TOPIC_PREFIX}scores`], fromBeginning: true })
await consumer.run({
  // If this rejects, the same record is retried, so that none is skipped.
  async eachMessage({ partition, message }) {
    if (message.value !== null) onScore(partition, message.offset, (await registry.decode(message.value)) as Score)
  },
})
