import { setTimeout as delay } from 'node:timers/promises'
import { ProducerFencedError, RecordTooLargeError } from '../../../kafka/errors.ts'
import { createCluster } from '../../../kafka/cluster/cluster.ts'
import { createKafkaClient } from '../../../kafka/kafka-client.ts'
import { createTransactionRequests } from '../../../kafka/producer/transaction-requests.ts'
import type { TransactionalProducer } from '../../../kafka/client.ts'
import { brokers, createTopic, uniqueName } from '../kafka-under-test.ts'
import { waitFor } from '../../support/services.ts'
import { readCommitted } from '../read-committed.ts'

const client = createKafkaClient({ brokers, clientId: 'transactional-producer-test' })
afterAll(() => client.close())

function append(producer: TransactionalProducer, topic: string, value: string, partition = 0): void {
  producer.append(topic, partition, 1_700_000_000_000, Buffer.from('key'), Buffer.from(value))
}

describe.each([1, 2] as const)('transactional producer, transaction version %d', (transactionVersionMax) => {
  async function startProducer(transactionalId = uniqueName('tx')): Promise<TransactionalProducer> {
    const producer = client.transactionalProducer(transactionalId, { transactionVersionMax })
    await producer.init()
    return producer
  }

  it('shows committed records and never aborted ones', async () => {
    const topic = await createTopic()
    const producer = await startProducer()
    for (const [value, committed] of [
      ['a', true],
      ['b', false],
      ['c', false],
      ['d', true],
      ['e', true],
    ] as const) {
      producer.begin()
      append(producer, topic, value)
      await producer.flush()
      await (committed ? producer.commit() : producer.abort())
    }
    await expect(readCommitted(client, topic)).resolves.toEqual(['a', 'd', 'e'])
    // Nothing went wrong, so the epoch was bumped only by the ends themselves.
    expect(producer.producerEpoch).toBe(transactionVersionMax === 1 ? 0 : 5)
    await producer.close()
  })

  it('commits records that were not flushed, and an empty transaction', async () => {
    const topic = await createTopic()
    const producer = await startProducer()
    producer.begin()
    await producer.commit()
    producer.begin()
    append(producer, topic, 'unflushed')
    await producer.commit()
    producer.begin()
    append(producer, topic, 'never sent')
    await producer.abort()
    producer.begin()
    append(producer, topic, 'after')
    await producer.commit()
    await expect(readCommitted(client, topic)).resolves.toEqual(['unflushed', 'after'])
    await producer.close()
  })

  it('is fenced by a second instance of its id, and can do it no harm', async () => {
    const topic = await createTopic()
    const transactionalId = uniqueName('tx')
    const former = await startProducer(transactionalId)
    former.begin()
    append(former, topic, 'former')
    await former.flush()

    const second = await startProducer(transactionalId)
    second.begin()
    append(second, topic, 'second')
    await second.flush()

    await expect(former.commit()).rejects.toBeInstanceOf(ProducerFencedError)
    await expect(former.abort()).rejects.toBeInstanceOf(ProducerFencedError)
    expect(() => former.begin()).toThrow(ProducerFencedError)
    await former.close()

    await second.commit()
    await expect(readCommitted(client, topic)).resolves.toEqual(['second'])
    await second.close()
  })

  it('is fenced even if it had no open transaction', async () => {
    const topic = await createTopic()
    const transactionalId = uniqueName('tx')
    const former = await startProducer(transactionalId)
    const second = await startProducer(transactionalId)
    former.begin()
    append(former, topic, 'former')
    await expect(former.commit()).rejects.toBeInstanceOf(ProducerFencedError)
    await former.close()
    second.begin()
    append(second, topic, 'second')
    await second.commit()
    await expect(readCommitted(client, topic)).resolves.toEqual(['second'])
    await second.close()
  })

  it('leaves no transaction open when closed', async () => {
    const topic = await createTopic()
    const producer = await startProducer()
    producer.begin()
    append(producer, topic, 'open')
    await producer.flush()
    await producer.close()
    const next = await startProducer()
    next.begin()
    append(next, topic, 'next')
    await next.commit()
    await expect(readCommitted(client, topic)).resolves.toEqual(['next'])
    await next.close()
  })

  it('stays usable after a record that is too large, with new sequences', async () => {
    const topic = await createTopic({ partitions: 2, configs: { 'max.message.bytes': '20000' } })
    const producer = await startProducer()
    producer.begin()
    append(producer, topic, 'small', 1)
    append(producer, topic, 'x'.repeat(30_000))
    append(producer, topic, 'behind it')
    const failed = await producer.commit().catch((error: unknown) => error)
    expect(failed).toBeInstanceOf(RecordTooLargeError)
    expect(String(failed)).toContain(`${topic}-0`)
    expect(() => append(producer, topic, 'no')).toThrow(RecordTooLargeError)
    await producer.abort()
    expect(producer.producerEpoch).toBe(1)

    producer.begin()
    append(producer, topic, 'again', 0)
    append(producer, topic, 'again', 1)
    await producer.commit()
    await expect(readCommitted(client, topic, 0)).resolves.toEqual(['again'])
    await expect(readCommitted(client, topic, 1)).resolves.toEqual(['again'])
    await producer.close()
  })

  it('does not commit without a record that could not be appended', async () => {
    const topic = await createTopic()
    const producer = await startProducer()
    producer.begin()
    append(producer, topic, 'before it')
    expect(() => producer.append(topic, 0, NaN, null, Buffer.from('never'))).toThrow(/timestamp NaN/)
    await expect(producer.commit()).rejects.toThrow(/timestamp NaN/)
    await producer.abort()
    producer.begin()
    append(producer, topic, 'after it')
    await producer.commit()
    await expect(readCommitted(client, topic)).resolves.toEqual(['after it'])
    await producer.close()
  })

  it('cuts batches below a small limit of the topic once it knows the limit', async () => {
    const topic = await createTopic({ configs: { 'max.message.bytes': '80000' } })
    const producer = await startProducer()
    const values = Array.from({ length: 2000 }, (_, i) => `${i}:`.padEnd(200, '.'))
    for (const start of [0, 1000]) {
      producer.begin()
      for (const value of values.slice(start, start + 1000)) append(producer, topic, value)
      await producer.commit()
    }
    await expect(readCommitted(client, topic)).resolves.toEqual(values)
    await producer.close()
  })

  it('carries a large transaction over many partitions, whole and in order', async () => {
    const partitions = 24
    const topics = [await createTopic({ partitions }), await createTopic({ partitions })]
    const producer = client.transactionalProducer(uniqueName('tx'), { transactionVersionMax, compression: 'lz4' })
    await producer.init()
    producer.begin()
    const perPartition = 1500
    const filler = 'f'.repeat(300)
    for (let i = 0; i < perPartition; i++)
      for (const topic of topics)
        for (let partition = 0; partition < partitions; partition++)
          append(producer, topic, `${i} ${filler}`, partition)
    await producer.commit()
    const expected = Array.from({ length: perPartition }, (_, i) => `${i} ${filler}`)
    for (const topic of topics)
      for (const partition of [0, 7, partitions - 1]) {
        const read = async () => (await readCommitted(client, topic, partition)).join()
        // The coordinator confirms a commit before the last partition has its marker.
        await waitFor(async () => (await read()) !== '', { what: 'the marker of the commit' })
        expect((await read()) === expected.join()).toBe(true)
      }
    await producer.close()
  })

  it('names the topic that is not there', async () => {
    const topic = uniqueName('missing')
    const producer = client.transactionalProducer(uniqueName('tx'), { transactionVersionMax, deliveryTimeoutMs: 500 })
    await producer.init()
    producer.begin()
    append(producer, topic, 'lost')
    await expect(producer.flush()).rejects.toMatchObject({ message: expect.stringContaining(topic) as string })
    await producer.abort()
    await producer.close()
  })

  it('does not end the process over a flush that is not awaited any more', async () => {
    const unhandled: unknown[] = []
    const note = (reason: unknown): void => void unhandled.push(reason)
    process.on('unhandledRejection', note)
    const producer = client.transactionalProducer(uniqueName('tx'), { transactionVersionMax, deliveryTimeoutMs: 300 })
    await producer.init()
    producer.begin()
    append(producer, uniqueName('missing'), 'lost')
    void producer.flush()
    // In version 1 the coordinator reports it, in version 2 the search for the leader.
    const code = transactionVersionMax === 1 ? 'UNKNOWN_TOPIC_OR_PARTITION' : 'DELIVERY_TIMEOUT'
    await expect(producer.commit()).rejects.toMatchObject({ code })
    await producer.abort()
    await producer.close()
    await new Promise((resolve) => setImmediate(resolve))
    process.off('unhandledRejection', note)
    expect(unhandled).toEqual([])
  })

  it('says what to do when called out of order', async () => {
    const producer = client.transactionalProducer(uniqueName('tx'))
    expect(() => producer.begin()).toThrow('call init first')
    await producer.init()
    expect(() => append(producer, 't', 'v')).toThrow('call begin first')
    await expect(producer.commit()).rejects.toThrow('call begin first')
    producer.begin()
    expect(() => producer.begin()).toThrow('commit or abort first')
    await producer.abort()
    await producer.close()
    expect(() => producer.begin()).toThrow('make a new producer')
  })

  it('continues after a transaction that another client has ended', async () => {
    const topic = await createTopic({ partitions: 2 })
    const producer = await startProducer()
    producer.begin()
    append(producer, topic, 'ended by another')
    await producer.flush()
    const cluster = createCluster({ brokers, clientId: 'transactional-producer-test' })
    const { producerId, producerEpoch } = producer
    const requests = createTransactionRequests(cluster, producer.transactionalId, {
      channel: 'other',
      requestTimeoutMs: 5000,
      retryMs: 5000,
    })
    // Version 1, because an end of version 2 under this epoch would count as the producer’s own and fence its next
    // requests.
    await requests.end({ producerId, producerEpoch }, 'abort', 1, 5000)
    await cluster.close()
    // The record and its marker: until the marker is written the partition considers the transaction open.
    while ((await client.listOffset({ topic, partition: 0 }, 'latest')) < 2) await delay(5)
    if (transactionVersionMax === 1) {
      append(producer, topic, 'in no transaction')
      await expect(producer.commit()).rejects.toMatchObject({ code: 'TRANSACTION_ABORTABLE', kind: 'abortable' })
    }
    await producer.abort()
    producer.begin()
    append(producer, topic, 'next')
    append(producer, topic, 'next', 1)
    await producer.commit()
    await expect(readCommitted(client, topic, 0)).resolves.toEqual(['next'])
    await expect(readCommitted(client, topic, 1)).resolves.toEqual(['next'])
    await producer.close()
  })
})
