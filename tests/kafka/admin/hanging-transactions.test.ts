import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import {
  ConfigResourceTypes,
  IncrementalAlterConfigOperationTypes,
  incrementalAlterConfigsV1,
} from '@platformatic/kafka'
import { createAdmin } from '../../../kafka/admin/admin.ts'
import { addressOf } from '../../../kafka/cluster/address.ts'
import type { KafkaClient } from '../../../kafka/client.ts'
import { createCluster, type Cluster } from '../../../kafka/cluster/cluster.ts'
import { HangingTransactionError } from '../../../kafka/errors.ts'
import { createKafkaClient } from '../../../kafka/kafka-client.ts'
import { produce } from '../../../kafka/producer/produce-request.ts'
import type { ProducerIdentity } from '../../../kafka/producer/producer-identity.ts'
import { createRecordBatchWriter } from '../../../kafka/records/record-batch-writer.ts'
import { describeWithOwnBroker, startOwnBroker } from '../../support/own-broker.ts'
import type { OwnBroker } from '../../support/own-broker.ts'
import { startBareProducer } from '../bare-producer.ts'
import { readCommitted } from '../read-committed.ts'
import { startTcpProxy, type TcpProxy } from '../tcp-proxy.ts'

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
    const group = { groupId, generationId: -1, memberId: '', groupInstanceId: null }
    await producer.sendOffsets(group, [{ topic, partition: 0, offset: outcome === 'commit' ? 1 : 2 }])
    await producer[outcome]()
    broker.kill()
    await client.close()
    // A process that was just killed keeps its port for a moment.
    while (await isListening(broker.brokers[0]!)) await delay(20)
    await broker.restart()
  }

  /**
   * Writes a record of the producer's transaction to a partition of which the coordinator does not know. It gets no
   * marker, like a partition that the coordinator considers deleted.
   */
  async function writeUnnoticed(
    cluster: Cluster,
    {
      topic,
      transactionalId,
      producerId,
      producerEpoch,
    }: ProducerIdentity & Record<'topic' | 'transactionalId', string>,
  ): Promise<void> {
    const { nodeId } = await cluster.leaderOf(topic, 0)
    const call = { channel: 'other', where: 'the test' }
    const setting = { name: 'transaction.partition.verification.enable', value: 'false' }
    const unverified = [
      {
        ...{ resourceType: ConfigResourceTypes.BROKER, resourceName: '' },
        configs: [{ ...setting, configOperation: IncrementalAlterConfigOperationTypes.SET }],
      },
    ]
    await cluster.call(nodeId, call, (connection) => incrementalAlterConfigsV1.api.async(connection, unverified, false))
    const writer = createRecordBatchWriter()
    writer.append(Date.now(), null, Buffer.from('decided'))
    const bytes = writer.finish(producerId, producerEpoch, 0, true, 'none')
    const write = async () => {
      const [result] = await cluster.call(nodeId, call, (connection) =>
        produce(connection, transactionalId, 5000, [{ topic, partition: 0, bytes }], 1),
      )
      return result!.errorCode
    }
    // The setting takes a moment to reach the broker.
    while ((await write()) !== 0) await delay(20)
  }

  async function createTopics(names: readonly string[]): Promise<void> {
    const admin = createAdmin({ brokers: broker.brokers, clientId: 'hanging-test' })
    await admin.ensureTopics(names.map((name) => ({ name, partitions: 1, configs: {} })))
    await admin.close()
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
      expect(await client.committedOffsets(groupId, [{ topic, partition: 0 }])).toMatchObject([{ offset: 1 }])
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
      await createTopics([marked, skipped])
      const transactionalId = `writer of ${skipped}`
      const producer = await startBareProducer(cluster, transactionalId, version)
      await writeUnnoticed(cluster, { topic: skipped, transactionalId, ...producer.identity })
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

  describe('whose producer lives on and has lost its connection', () => {
    let proxy: TcpProxy
    let cluster: Cluster
    let client: KafkaClient
    beforeAll(async () => {
      proxy = await startTcpProxy(broker.brokers[0]!)
      const { resolveBroker } = proxy
      cluster = createCluster({ brokers: broker.brokers, clientId: 'hanging-test' })
      client = createKafkaClient({ brokers: broker.brokers, clientId: 'hanging-test', resolveBroker })
    })
    afterAll(async () => {
      await client.close()
      await cluster.close()
      await proxy.close()
    })

    /** Commits a transaction that hangs in one topic, and breaks the connection. */
    async function commitHanging(name: string, version: 1 | 2) {
      const [marked, skipped] = [`marked-${name}`, `skipped-${name}`]
      await createTopics([marked, skipped])
      const producer = client.transactionalProducer(`writer of ${skipped}`, {
        writesTo: { topics: [marked, skipped], groupId },
        transactionVersionMax: version,
      })
      await producer.init()
      producer.begin()
      producer.append(marked, 0, Date.now(), null, Buffer.from('decided'))
      await producer.flush()
      const { transactionalId, producerId, producerEpoch } = producer
      await writeUnnoticed(cluster, { topic: skipped, transactionalId, producerId, producerEpoch })
      await producer.commit()
      proxy.cutAll()
      return { producer, skipped }
    }

    const end = (topic: string) => client.listOffset({ topic, partition: 0 }, 'latest_stable')

    it('are ended by it before its next transaction, whose outcome does not matter', async () => {
      const { producer, skipped } = await commitHanging('then-abort', 2)
      producer.begin()
      producer.append(skipped, 0, Date.now(), null, Buffer.from('never'))
      await producer.flush()
      await producer.abort()
      producer.begin()
      producer.append(skipped, 0, Date.now(), null, Buffer.from('next'))
      await producer.commit()
      expect(await readCommitted(client, skipped)).toEqual(['decided', 'next'])
      await producer.close()
    }, 60_000)

    it('are ended by it if no further transaction follows', async () => {
      const { producer, skipped } = await commitHanging('then-quiet', 2)
      while ((await end(skipped)) < 2) await delay(50)
      expect(await readCommitted(client, skipped)).toEqual(['decided'])
      await producer.close()
    }, 60_000)

    it('fail it before its next transaction in transaction version 1, and are ended by the next owner', async () => {
      const { producer, skipped } = await commitHanging('old', 1)
      producer.begin()
      producer.append(skipped, 0, Date.now(), null, Buffer.from('never'))
      await expect(producer.flush()).rejects.toBeInstanceOf(HangingTransactionError)
      await expect(producer.abort()).rejects.toBeInstanceOf(HangingTransactionError)
      await producer.close()
      const next = client.transactionalProducer(producer.transactionalId, { writesTo: { topics: [skipped] } })
      await next.init()
      expect(await readCommitted(client, skipped)).toEqual(['decided'])
      await next.close()
    }, 60_000)
  })
})
