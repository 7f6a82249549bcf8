import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { createAdmin } from '../../kafka/admin.ts'
import { addressOf } from '../../kafka/cluster.ts'
import { createKafkaClient } from '../../kafka/kafka-client.ts'
import { describeWithOwnBroker, startOwnBroker } from '../support/own-broker.ts'
import type { OwnBroker } from '../support/own-broker.ts'
import { readCommitted } from './read-committed.ts'

const partitions = [0, 1, 2, 3]

function isListening(address: string): Promise<boolean> {
  const { host, port } = addressOf(address)
  return new Promise((resolve) => {
    const socket = connect({ host, port })
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}

describeWithOwnBroker('transactions that a crashed broker leaves hanging', () => {
  let broker: OwnBroker
  const groupId = 'group'
  beforeAll(async () => {
    broker = await startOwnBroker()
    const admin = createAdmin({ brokers: broker.brokers, clientId: 'hanging-test' })
    await admin.ensureTopics([1, 2].map((version) => ({ name: `out-${version}`, partitions: partitions.length, configs: {} })))
    await admin.close()
  })
  afterAll(() => broker.remove())

  /** Writes one record to each partition; the broker dies as soon as it has accepted the end, most likely before any marker. */
  async function crashAtEnd(
    { topic, version }: { readonly topic: string; readonly version: 1 | 2 },
    outcome: 'commit' | 'abort',
    value: string,
  ): Promise<void> {
    const client = createKafkaClient({ brokers: broker.brokers, clientId: 'hanging-test' })
    const producer = client.transactionalProducer(`writer of ${topic}`, {
      writesTo: { topics: [topic], groupId },
      transactionVersionMax: version,
    })
    await producer.init()
    producer.begin()
    for (const partition of partitions) producer.append(topic, partition, Date.now(), null, Buffer.from(value))
    await producer.flush()
    await producer[outcome]()
    broker.kill()
    await client.close()
    // A process that was just killed keeps its port a moment longer.
    while (await isListening(broker.brokers[0]!)) await delay(20)
    await broker.restart()
  }

  it.each([1, 2] as const)(
    'are ended by the next owner as they were decided: nothing committed is lost, nothing aborted appears, nobody waits (transaction version %d)',
    async (version) => {
      const topic = `out-${version}`
      await crashAtEnd({ topic, version }, 'commit', 'first')
      await crashAtEnd({ topic, version }, 'abort', 'never')
      const client = createKafkaClient({ brokers: broker.brokers, clientId: 'hanging-test' })
      const next = client.transactionalProducer(`writer of ${topic}`, {
        writesTo: { topics: [topic, 'not-there-yet'], groupId },
        transactionVersionMax: version,
      })
      await next.init()
      next.begin()
      for (const partition of partitions) next.append(topic, partition, Date.now(), null, Buffer.from('second'))
      await next.commit()
      for (const partition of partitions) {
        const values = await Promise.race([
          readCommitted(client, topic, partition),
          delay(10_000, ['waits for ever'], { ref: false }),
        ])
        expect(values).toEqual(['first', 'second'])
      }
      await client.close()
    },
    240_000,
  )
})
