import { createPlainProducer, type PlainProducer } from '../../kafka/producer/plain-producer.ts'
import { createKafkaClient } from '../../kafka/kafka-client.ts'
import { brokers, createTopic, uniqueName } from './kafka-under-test.ts'
import { readCommitted } from './read-committed.ts'
import { apiKeys, startTcpProxy } from './tcp-proxy.ts'
import type { Fate, TcpProxy } from './tcp-proxy.ts'

const direct = createKafkaClient({ brokers, clientId: 'plain-faults-test' })
afterAll(() => direct.close())

let proxy: TcpProxy
let producer: PlainProducer
beforeEach(async () => {
  proxy = await startTcpProxy(brokers[0]!)
  producer = createPlainProducer({
    brokers,
    clientId: uniqueName('plain'),
    requestTimeoutMs: 1_000,
    deliveryTimeoutMs: 3_000,
    resolveBroker: proxy.resolveBroker,
  })
  await producer.connect()
})
afterEach(async () => {
  proxy.decide = () => 'pass'
  await producer.close()
  await proxy.close()
})

/** Starts a producer that does not give up on a busy machine. */
function startPatient(): PlainProducer {
  return createPlainProducer({
    brokers,
    clientId: uniqueName('patient'),
    requestTimeoutMs: 1_000,
    resolveBroker: proxy.resolveBroker,
  })
}

const record = (value: string, partition = 0) => ({ key: 'key', value: Buffer.from(value), partition })
const values = (from: number, count: number): string[] => Array.from({ length: count }, (_, i) => String(from + i))

/** Applies these fates to the next Produce requests; later ones, and all other requests, pass. */
function produceMeets(...fates: readonly Fate[]): () => number {
  let met = 0
  proxy.decide = (request) => (request.apiKey === apiKeys.produce ? (fates[met++] ?? 'pass') : 'pass')
  return () => Math.min(met, fates.length)
}

const losses: readonly Fate[] = ['cut', 'cutAnswer', 'drop', 'dropAnswer']

describe('a plain producer whose requests or answers get lost', () => {
  it.each(losses)('met by %s writes each record once, in order, and returns its true place', async (loss) => {
    const topic = await createTopic({ partitions: 2 })
    const patient = startPatient()
    const met = produceMeets(loss, 'pass', loss, loss)
    for (let round = 0; round < 6; round++) {
      const sent = await patient.send(topic, [
        record(String(2 * round)),
        record(String(2 * round + 1)),
        record(`other-${round}`, 1),
      ])
      expect(sent).toEqual([
        { partition: 0, offset: 2 * round },
        { partition: 0, offset: 2 * round + 1 },
        { partition: 1, offset: round },
      ])
    }
    await patient.close()
    expect(met()).toBe(4)
    expect(await readCommitted(direct, topic)).toEqual(values(0, 12))
  })

  it('loses nothing that is sent after an abandoned send, although the broker had accepted that', async () => {
    const topic = await createTopic()
    await producer.send(topic, [record('first')])
    proxy.decide = ({ apiKey }) => (apiKey === apiKeys.produce ? 'cutAnswer' : 'pass')
    await expect(producer.send(topic, [record('given up')])).rejects.toThrow(/may or may not/)
    proxy.decide = () => 'pass'
    expect(await producer.send(topic, [record('later')])).toEqual([{ partition: 0, offset: 2 }])
    expect(await readCommitted(direct, topic)).toEqual(['first', 'given up', 'later'])
  })

  it('lets no abandoned record arrive after records that were sent later', async () => {
    const topic = await createTopic()
    await producer.send(topic, [record('first')])
    const network = Promise.withResolvers<void>()
    const late = proxy.lateAnswer()
    let first = true
    proxy.decide = ({ apiKey }) => {
      if (apiKey !== apiKeys.produce) return 'pass'
      const fate = first ? network.promise : 'drop'
      first = false
      return fate
    }
    await expect(producer.send(topic, [record('given up')])).rejects.toThrow(/may or may not/)
    proxy.decide = () => 'pass'
    await producer.send(topic, [record('later')])
    network.resolve()
    await late
    expect(await readCommitted(direct, topic)).toEqual(['first', 'later'])
  })

  it('continues by itself once the brokers can be reached again, independently for each partition', async () => {
    const topic = await createTopic({ partitions: 2 })
    proxy.decide = () => 'cut'
    proxy.cutAll()
    const failed = await Promise.allSettled([
      producer.send(topic, [record('a')]),
      producer.send(topic, [record('b', 1)]),
    ])
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    proxy.decide = () => 'pass'
    expect(await producer.send(topic, [record('c'), record('d', 1)])).toEqual([
      { partition: 0, offset: 0 },
      { partition: 1, offset: 0 },
    ])
  })

  it('breaking every connection again and again loses and doubles nothing of many senders', async () => {
    const topic = await createTopic({ partitions: 3 })
    const patient = startPatient()
    const cutting = setInterval(() => proxy.cutAll(), 40)
    try {
      for (let round = 0; round < 20; round++) {
        const sends = values(round * 10, 10).map((value) =>
          patient.send(
            topic,
            [0, 1, 2].map((partition) => record(value, partition)),
          ),
        )
        for (const sent of await Promise.all(sends)) expect(sent.map(({ partition }) => partition)).toEqual([0, 1, 2])
      }
    } finally {
      clearInterval(cutting)
      await patient.close()
    }
    for (const partition of [0, 1, 2]) expect(await readCommitted(direct, topic, partition)).toEqual(values(0, 200))
  })
})
