import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import {
  ConfigResourceTypes,
  IncrementalAlterConfigOperationTypes,
  incrementalAlterConfigsV1,
} from '@platformatic/kafka'
import { createAdmin } from '../../../kafka/admin/admin.ts'
import { addressOf } from '../../../kafka/cluster/address.ts'
import { createCluster } from '../../../kafka/cluster/cluster.ts'
import { createKafkaClient } from '../../../kafka/kafka-client.ts'
import { produce } from '../../../kafka/producer/produce-request.ts'
import { createRecordBatchWriter } from '../../../kafka/records/record-batch-writer.ts'
import { describeWithOwnBroker, startOwnBroker } from '../../support/own-broker.ts'
import type { OwnBroker } from '../../support/own-broker.ts'
import { startBareProducer } from '../bare-producer.ts'
import { readCommitted } from '../read-committed.ts'

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
    await admin.ensureTopics(
      [1, 2].map((version) => ({ name: `out-${version}`, partitions: partitions.length, configs: {} })),
    )
    await admin.close()
  })
  afterAll(() => broker.remove())

  /**
   * Writes one record to each partition; the broker dies as soon as it has accepted EndTxn, most likely before any
   * marker is written.
   */
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
    // A process that was just killed keeps its port for a moment.
    while (await isListening(broker.brokers[0]!)) await delay(20)
    await broker.restart()
  }

  it.each([1, 2] as const)(
    'are ended by the next owner as they were decided: nothing committed is lost, nothing aborted appears, no reader waits (transaction version %d)',
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

  it.each([1, 2] as const)(
    'are ended by a later epoch than the one that wrote them (transaction version %d)',
    async (version) => {
      const cluster = createCluster({ brokers: broker.brokers, clientId: 'hanging-test' })
      const client = createKafkaClient({ brokers: broker.brokers, clientId: 'hanging-test' })
      const [marked, skipped] = [`marked-${version}`, `skipped-${version}`]
      const admin = createAdmin({ brokers: broker.brokers, clientId: 'hanging-test' })
      await admin.ensureTopics([marked, skipped].map((name) => ({ name, partitions: 1, configs: {} })))
      await admin.close()
      const transactionalId = `writer of ${skipped}`
      const producer = await startBareProducer(cluster, transactionalId, version)
      const { nodeId } = await cluster.leaderOf(skipped, 0)
      const call = { channel: 'other', where: 'the test' }

      // A partition of which the coordinator does not know gets no marker, like one that it considers deleted.
      const unverified = [
        {
          resourceType: ConfigResourceTypes.BROKER,
          resourceName: '',
          configs: [
            {
              name: 'transaction.partition.verification.enable',
              configOperation: IncrementalAlterConfigOperationTypes.SET,
              value: 'false',
            },
          ],
        },
      ]
      await cluster.call(nodeId, call, (connection) =>
        incrementalAlterConfigsV1.api.async(connection, unverified, false),
      )
      const writeUnnoticed = async () => {
        const writer = createRecordBatchWriter()
        writer.append(Date.now(), null, Buffer.from('decided'))
        const { producerId, producerEpoch } = producer.identity
        const bytes = writer.finish(producerId, producerEpoch, 0, true, 'none')
        const batch = { topic: skipped, partition: 0, bytes }
        const [result] = await cluster.call(nodeId, call, (connection) =>
          produce(connection, transactionalId, 5000, [batch], 1),
        )
        return result!.errorCode
      }
      // The setting takes a moment to reach the broker.
      while ((await writeUnnoticed()) !== 0) await delay(20)
      if (version === 1) await producer.add(marked)
      await producer.produce(marked, 0, 'decided')
      await producer.end('commit')
      const skippedAt = { topic: skipped, partition: 0 }
      await expect(readCommitted(client, marked)).resolves.toEqual(['decided'])
      await expect(client.listOffset(skippedAt, 'latest_stable')).resolves.toBe(0)

      const next = client.transactionalProducer(transactionalId, {
        writesTo: { topics: [marked, skipped] },
        transactionVersionMax: version,
      })
      await next.init()
      await expect(client.listOffset(skippedAt, 'latest_stable')).resolves.toBe(2)
      next.begin()
      next.append(skipped, 0, Date.now(), null, Buffer.from('next'))
      await next.commit()
      await expect(readCommitted(client, skipped)).resolves.toEqual(['decided', 'next'])
      await client.close()
      await cluster.close()
    },
    60_000,
  )
})
