import { initProducerIdV5 } from '@platformatic/kafka'
import { createCluster } from '../../kafka/cluster/cluster.ts'
import { createKafkaClient } from '../../kafka/kafka-client.ts'
import type { ProducerIdentity } from '../../kafka/producer/producer-identity.ts'
import { createTransactionRequests } from '../../kafka/producer/transaction-requests.ts'
import { brokers, createTopic, uniqueName } from './kafka-under-test.ts'
import { readCommitted } from './read-committed.ts'
import { apiKeys, startTcpProxy } from './tcp-proxy.ts'

const cluster = createCluster({ brokers, clientId: 'epochs-test' })
afterAll(() => cluster.close())

/** Last epoch that has a successor (Java’s Short.MAX_VALUE − 1): after it the coordinator assigns a new producer id. */
const lastEpoch = 32_766

/** Uses up one epoch after another, many at once: the broker handles the requests of a connection in order. */
async function useUpEpochs(transactionalId: string, upTo: number): Promise<ProducerIdentity> {
  const channel = { channel: 'epochs', requestTimeoutMs: 30_000, where: `InitProducerId of ${transactionalId}` }
  const requests = createTransactionRequests(cluster, transactionalId, { ...channel, retryMs: 30_000 })
  const { producerId } = await requests.initProducerId(60_000, 30_000)
  const node = await cluster.coordinatorOf('transaction', transactionalId)
  await cluster.call(node, channel, async (connection) => {
    for (let from = 0; from < upTo; from += 1000) {
      const epochs = Array.from({ length: Math.min(1000, upTo - from) }, (_, i) => from + i)
      await Promise.all(
        epochs.map((epoch) => initProducerIdV5.api.async(connection, transactionalId, 60_000, producerId, epoch)),
      )
    }
  })
  return { producerId, producerEpoch: upTo }
}

describe('a producer whose epochs are used up', () => {
  it('continues under a new id, from one transaction to the next, even if that answer is lost', async () => {
    const topic = await createTopic()
    const transactionalId = uniqueName('tx')
    const { producerId, producerEpoch } = await useUpEpochs(transactionalId, lastEpoch - 3)
    const proxy = await startTcpProxy(brokers[0]!)
    const client = createKafkaClient({
      brokers,
      clientId: 'epochs-test',
      requestTimeoutMs: 2000,
      resolveBroker: proxy.resolveBroker,
    })
    const producer = client.transactionalProducer(transactionalId)
    await producer.init()
    expect([producer.producerId, producer.producerEpoch]).toEqual([producerId, producerEpoch + 1])

    const identities: (readonly [bigint, number])[] = []
    const values = ['a', 'b', 'c', 'd', 'e']
    for (const value of values) {
      const isLast = producer.producerEpoch === lastEpoch
      let lost = false
      proxy.decide = ({ apiKey }) => {
        if (apiKey !== apiKeys.endTxn || !isLast || lost) return 'pass'
        lost = true
        return 'cutAnswer'
      }
      producer.begin()
      producer.append(topic, 0, Date.now(), null, Buffer.from(value))
      await producer.commit()
      expect(lost).toBe(isLast)
      identities.push([producer.producerId, producer.producerEpoch])
    }
    const next = identities[2]![0]
    expect(next).not.toBe(producerId)
    const lastTwo = [lastEpoch - 1, lastEpoch].map((epoch) => [producerId, epoch])
    expect(identities).toEqual([...lastTwo, ...[0, 1, 2].map((epoch) => [next, epoch])])
    await expect(readCommitted(client, topic)).resolves.toEqual(values)

    // A producer with the previous id is refused.
    const requests = createTransactionRequests(cluster, transactionalId, {
      channel: 'late',
      requestTimeoutMs: 5000,
      retryMs: 5000,
    })
    const former = requests.end({ producerId, producerEpoch: lastEpoch }, 'commit', 2, 5000)
    await expect(former).rejects.toMatchObject({ code: 'INVALID_PRODUCER_ID_MAPPING' })
    await client.close()
    await proxy.close()
  }, 120_000)
})
