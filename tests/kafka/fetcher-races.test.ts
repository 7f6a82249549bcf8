import { createAdmin } from '../../kafka/admin/admin.ts'
import { createCluster, type Cluster } from '../../kafka/cluster/cluster.ts'
import { createFetcher } from '../../kafka/fetcher/fetcher.ts'
import { createKafkaClient } from '../../kafka/kafka-client.ts'
import { createPlainProducer } from '../../kafka/producer/plain-producer.ts'
import { brokers, createTopic, uniqueName } from './kafka-under-test.ts'
import { valuesOf } from './records-of.ts'
import { until } from './until.ts'

const client = createKafkaClient({ brokers, clientId: 'races-test' })
const cluster = createCluster({ brokers, clientId: 'races-test' })
const admin = createAdmin({ brokers, clientId: 'races-test' })
const plain = createPlainProducer({ brokers, clientId: 'races-test' })
beforeAll(() => plain.connect())
afterAll(() => Promise.all([client.close(), cluster.close(), admin.close(), plain.close()]))

describe('a request for an offset that an earlier answer has passed', () => {
  it('reports aborted transactions that have ended, which must not hide later ones of their producer', async () => {
    const [topic, other] = await Promise.all([createTopic(), createTopic()])
    const producer = client.transactionalProducer(uniqueName('overtaken'))
    await producer.init()
    const write = async (value: string, end: 'commit' | 'abort') => {
      producer.begin()
      producer.append(topic, 0, Date.now(), null, Buffer.from(value))
      await producer.flush()
      await producer[end]()
    }
    await write('aborted', 'abort')

    // While the first request is in flight, a second one is prepared and has to wait for the leader of the other topic.
    const [firstAnswer, leaderFound] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    let [requests, lookups] = [0, 0]
    const slow: Cluster = {
      ...cluster,
      async call(nodeId, call, request) {
        if (call.channel.startsWith('fetch') && requests++ === 0) await firstAnswer.promise
        return await cluster.call(nodeId, call, request)
      },
      async leaderOf(name, partition) {
        if (name === other && lookups++ === 0) await leaderFound.promise
        return await cluster.leaderOf(name, partition)
      },
    }
    const fetcher = createFetcher(slow)
    await fetcher.assign({ topic, partition: 0 }, 0)
    await until('the first request', () => requests === 1)
    await fetcher.assign({ topic: other, partition: 0 }, 0)
    await until('the look-up', () => lookups === 1)
    firstAnswer.resolve()
    await until('the first answer', () => fetcher.position(topic, 0) === 2)
    leaderFound.resolve()
    await until('the answer to the second request', () => requests === 3)

    await write('committed', 'commit')
    while (fetcher.position(topic, 0) < 3 && fetcher.peek(topic, 0) === undefined) await fetcher.wait(1000)
    expect(valuesOf(fetcher.take(topic, 0)!)).toEqual(['committed'])
    await Promise.all([fetcher.close(), producer.close()])
  })
})

describe('a topic that is deleted and created again while it is read', () => {
  it('ends in an error: the position means nothing in the new one', async () => {
    const topic = await createTopic()
    const send = (value: string) => plain.send(topic, [{ key: 'key', value: Buffer.from(value) }])
    await send('old')
    const fetcher = client.fetcher()
    await fetcher.assign({ topic, partition: 0 }, 0)
    while (fetcher.take(topic, 0) === undefined) await fetcher.wait(1000)
    await admin.deleteTopics([topic])
    await admin.ensureTopics([{ name: topic, partitions: 1 }])
    for (const value of ['new 0', 'new 1', 'new 2']) await send(value)
    const reading = async () => {
      while (fetcher.peek(topic, 0) === undefined) await fetcher.wait(1000)
    }
    await expect(reading()).rejects.toMatchObject({ code: 'TOPIC_REPLACED', kind: 'fatal' })
    await fetcher.close()
  })
})
