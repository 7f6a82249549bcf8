import { UnclearCommitError } from '../../kafka/errors.ts'
import { createKafkaClient } from '../../kafka/kafka-client.ts'
import type { KafkaClient, TransactionalProducer } from '../../kafka/client.ts'
import { brokers, createTopic, uniqueName } from './kafka-under-test.ts'
import { readCommitted } from './read-committed.ts'
import { apiKeys, startTcpProxy } from './tcp-proxy.ts'
import type { Fate, TcpProxy } from './tcp-proxy.ts'

const direct = createKafkaClient({ brokers, clientId: 'faults-test' })
afterAll(() => direct.close())

let proxy: TcpProxy
let client: KafkaClient
beforeEach(async () => {
  proxy = await startTcpProxy(brokers[0]!)
  client = createKafkaClient({
    brokers,
    clientId: 'faults-test',
    requestTimeoutMs: 500,
    resolveBroker: proxy.resolveBroker,
  })
})
afterEach(async () => {
  proxy.decide = () => 'pass'
  await client.close()
  await proxy.close()
})

/** Starts a producer that waits half a second for an answer, two seconds for a delivery and six for a commit. */
async function startProducer(
  transactionalId = uniqueName('tx'),
  deliveryTimeoutMs = 2000,
  transactionVersionMax: 1 | 2 = 2,
): Promise<TransactionalProducer> {
  const producer = client.transactionalProducer(transactionalId, { deliveryTimeoutMs, transactionVersionMax })
  await producer.init()
  return producer
}

function append(producer: TransactionalProducer, topic: string, values: readonly string[], partition = 0): void {
  for (const value of values) producer.append(topic, partition, Date.now(), Buffer.from('key'), Buffer.from(value))
}

/** Applies these fates to the first requests of an API; later ones, and all other requests, pass. */
function firstMeet(apiKey: number, ...fates: readonly Fate[]): () => number {
  let met = 0
  proxy.decide = (request) => (request.apiKey === apiKey ? (fates[met++] ?? 'pass') : 'pass')
  return () => Math.min(met, fates.length)
}

const numbers = (from: number, count: number): string[] =>
  Array.from({ length: count }, (_, i) => String(from + i).padEnd(100, '.'))
const offsetsOf = (groupId: string, topic: string, offset: number) =>
  [{ groupId, generationId: -1, memberId: '', groupInstanceId: null }, [{ topic, partition: 0, offset }]] as const

describe('requests that get lost', () => {
  const losses: readonly Fate[] = ['cut', 'cutAnswer', 'drop', 'dropAnswer']
  const requests = {
    1: ['produce', 'addPartitionsToTxn', 'addOffsetsToTxn', 'txnOffsetCommit', 'endTxn'],
    2: ['produce', 'txnOffsetCommit', 'endTxn'],
  } as const
  const cases = ([1, 2] as const).flatMap((version) =>
    requests[version].flatMap((name) => losses.map((loss) => [name, version, loss] as const)),
  )

  it.each(cases)(
    '%s of transaction version %d met by %s: each record is there once, each offset as committed',
    async (name, version, loss) => {
      const topic = await createTopic()
      const groupId = uniqueName('group')
      const producer = await startProducer(uniqueName('tx'), 2000, version)
      const met = firstMeet(apiKeys[name], loss)
      const values = numbers(0, 60)
      for (const round of [0, 1, 2]) {
        producer.begin()
        append(producer, topic, values.slice(20 * round, 20 * round + 20))
        await producer.sendOffsets(...offsetsOf(groupId, topic, round + 1))
        await producer.commit()
      }
      expect(met()).toBe(1)
      await expect(readCommitted(direct, topic)).resolves.toEqual(values)
      await expect(direct.committedOffsets(groupId, [{ topic, partition: 0 }])).resolves.toMatchObject([{ offset: 3 }])
      await producer.close()
    },
  )

  it.each(losses)('the very first of several batches %s: those after it do not begin the sequence', async (loss) => {
    const topic = await createTopic()
    const producer = await startProducer(uniqueName('tx'), 20_000)
    const met = firstMeet(apiKeys.produce, loss)
    const values = numbers(0, 3000)
    producer.begin()
    append(producer, topic, values)
    await producer.commit()
    expect(met()).toBe(1)
    await expect(readCommitted(direct, topic)).resolves.toEqual(values)
    await producer.close()
  })

  it.each(losses)('several batches in flight, the second %s: order and number stay', async (loss) => {
    const topic = await createTopic({ partitions: 2 })
    const producer = await startProducer(uniqueName('tx'), 20_000)
    // The first transaction learns the limits; then a partition’s batches fill one request each.
    producer.begin()
    append(producer, topic, ['warm'])
    await producer.commit()
    const met = firstMeet(apiKeys.produce, 'pass', loss, 'pass', loss)
    const values = Array.from({ length: 4000 }, (_, i) => String(i).padEnd(1000, '.'))
    producer.begin()
    append(producer, topic, values)
    append(producer, topic, values, 1)
    await producer.commit()
    expect(met()).toBe(4)
    expect((await readCommitted(direct, topic)).join() === ['warm', ...values].join()).toBe(true)
    expect((await readCommitted(direct, topic, 1)).join() === values.join()).toBe(true)
    await producer.close()
  })

  it('breaking every connection again and again loses and doubles nothing', async () => {
    const topic = await createTopic({ partitions: 3 })
    const producer = await startProducer(uniqueName('tx'), 20_000)
    const cutting = setInterval(() => proxy.cutAll(), 40)
    try {
      for (let round = 0; round < 25; round++) {
        producer.begin()
        for (const partition of [0, 1, 2]) append(producer, topic, numbers(round * 10, 10), partition)
        await producer.commit()
      }
    } finally {
      clearInterval(cutting)
    }
    for (const partition of [0, 1, 2])
      await expect(readCommitted(direct, topic, partition)).resolves.toEqual(numbers(0, 250))
    await producer.close()
  })
})

describe('a commit without an answer', () => {
  it('that was carried out is unclear in the end, and never followed by an abort', async () => {
    const topic = await createTopic()
    const transactionalId = uniqueName('tx')
    const producer = await startProducer(transactionalId)
    producer.begin()
    append(producer, topic, ['kept'])
    await producer.flush()
    proxy.decide = ({ apiKey }) => (apiKey === apiKeys.endTxn ? 'dropAnswer' : 'pass')
    await expect(producer.commit()).rejects.toBeInstanceOf(UnclearCommitError)
    await expect(producer.abort()).rejects.toBeInstanceOf(UnclearCommitError)
    expect(() => producer.begin()).toThrow(UnclearCommitError)
    await producer.close()
    const ends = proxy.seen.filter(({ apiKey }) => apiKey === apiKeys.endTxn)
    expect(ends.length).toBeGreaterThan(1)
    for (const { bytes } of ends) expect(isCommit(bytes)).toBe(true)
    await expect(readCommitted(direct, topic)).resolves.toEqual(['kept'])
  })

  it('that never arrived is unclear too, and the next owner of the id aborts it', async () => {
    const topic = await createTopic()
    const transactionalId = uniqueName('tx')
    const producer = await startProducer(transactionalId)
    producer.begin()
    append(producer, topic, ['lost'])
    await producer.flush()
    proxy.decide = ({ apiKey }) => (apiKey === apiKeys.endTxn ? 'drop' : 'pass')
    await expect(producer.commit()).rejects.toBeInstanceOf(UnclearCommitError)
    await producer.close()
    proxy.decide = () => 'pass'
    const next = await startProducer(transactionalId)
    next.begin()
    append(next, topic, ['next'])
    await next.commit()
    await expect(readCommitted(direct, topic)).resolves.toEqual(['next'])
    await next.close()
  })
})

/** EndTxn versions 4 and 5: header, transactional id, producer id (8), epoch (2), committed (1), tagged fields (1). */
const isCommit = (bytes: Buffer): boolean => bytes[bytes.length - 2] === 1
