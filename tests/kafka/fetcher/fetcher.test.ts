import type { Fetcher, FetcherOptions, KafkaClient } from '../../../kafka/client.ts'
import { createAdmin } from '../../../kafka/admin/admin.ts'
import { createKafkaClient } from '../../../kafka/kafka-client.ts'
import { createPlainProducer } from '../../../kafka/producer/plain-producer.ts'
import { brokers, createTopic, uniqueName } from '../kafka-under-test.ts'
import { readToEnd } from '../read-to-end.ts'
import { valuesOf } from '../records-of.ts'
import { apiKeys, startTcpProxy, type TcpProxy } from '../tcp-proxy.ts'
import { until } from '../until.ts'

const plain = createPlainProducer({ brokers, clientId: 'fetcher-test' })
const admin = createAdmin({ brokers, clientId: 'fetcher-test' })
let proxy: TcpProxy
let client: KafkaClient
beforeAll(() => plain.connect())
afterAll(() => Promise.all([plain.close(), admin.close()]))
beforeEach(async () => {
  proxy = await startTcpProxy(brokers[0]!)
  client = createKafkaClient({
    brokers,
    clientId: 'fetcher-test',
    resolveBroker: proxy.resolveBroker,
    requestTimeoutMs: 2000,
  })
})
afterEach(async () => {
  proxy.decide = () => 'pass'
  await client.close()
  await proxy.close()
})

const send = (topic: string, values: readonly string[], partition = 0) =>
  plain.send(
    topic,
    values.map((value) => ({ key: 'key', value: Buffer.from(value), partition })),
  )
/** Sends batches of a hundred records, since a response consists of whole batches. */
async function sendInBatches(topic: string, values: readonly string[], partition = 0): Promise<void> {
  for (let start = 0; start < values.length; start += 100)
    await send(topic, values.slice(start, start + 100), partition)
}
const numbers = (count: number, width = 0): string[] =>
  Array.from({ length: count }, (_, i) => String(i).padEnd(width, '.'))
const fetches = () => proxy.seen.filter(({ apiKey }) => apiKey === apiKeys.fetch).length

async function startReading(
  topic: string,
  options?: FetcherOptions,
  position: number | 'earliest' = 'earliest',
): Promise<Fetcher> {
  const fetcher = client.fetcher(options)
  await fetcher.assign({ topic, partition: 0 }, position)
  return fetcher
}

async function arrived(fetcher: Fetcher, topic: string, partition = 0): Promise<void> {
  while (fetcher.peek(topic, partition) === undefined) await fetcher.wait(1000)
}

/** Takes everything that has arrived so far, without letting more arrive. */
function takeAll(fetcher: Fetcher, topic: string, partition = 0): string[] {
  const values: string[] = []
  for (let batch = fetcher.take(topic, partition); batch; batch = fetcher.take(topic, partition))
    values.push(...valuesOf(batch))
  return values
}

/** Resolves once no request has begun for long enough that none will, including the broker’s maximum wait. */
async function quiet(): Promise<void> {
  let [count, since] = [fetches(), performance.now()]
  await until('no more requests', () => {
    if (fetches() !== count) [count, since] = [fetches(), performance.now()]
    return performance.now() - since > 500
  })
}

describe('a record larger than a response may be', () => {
  it('arrives all the same', async () => {
    const topic = await createTopic()
    await send(topic, ['small', 'x'.repeat(500_000), 'small again'])
    const { values } = await readToEnd(client, topic, { partitionBytesMax: 1000 })
    expect(values.map(({ length }) => length)).toEqual([5, 500_000, 11])
  })

  it('is not held up by another partition that always has records', async () => {
    const topic = await createTopic({ partitions: 2 })
    for (let i = 0; i < 60; i++) await send(topic, [`${i}`.padEnd(900)], 0)
    await send(topic, ['x'.repeat(500_000)], 1)
    const fetcher = client.fetcher({ partitionBytesMax: 1000 })
    await Promise.all([0, 1].map((partition) => fetcher.assign({ topic, partition }, 'earliest')))
    await arrived(fetcher, topic, 1)
    expect(takeAll(fetcher, topic, 0).length).toBeLessThan(10)
    await fetcher.close()
  })
})

describe('back-pressure', () => {
  it('stops fetching at its limit, and continues when it is read', async () => {
    const topic = await createTopic({ partitions: 2 })
    const values = numbers(2000, 1000)
    await Promise.all([sendInBatches(topic, values, 0), sendInBatches(topic, values, 1)])
    const fetcher = client.fetcher({ bufferedBytesMax: 1 << 20, partitionBytesMax: 256 << 10 })
    await Promise.all([0, 1].map((partition) => fetcher.assign({ topic, partition }, 'earliest')))
    await quiet()
    const read = [0, 1].map((partition) => takeAll(fetcher, topic, partition))
    const bytes = read.flat().reduce((sum, { length }) => sum + length, 0)
    expect(bytes).toBeGreaterThan(500_000)
    expect(bytes).toBeLessThan((1 << 20) + 2 * (256 << 10))
    for (const partition of [0, 1]) {
      while (fetcher.position(topic, partition) < values.length) {
        await arrived(fetcher, topic, partition)
        read[partition]!.push(...takeAll(fetcher, topic, partition))
      }
    }
    expect(read).toEqual([values, values])
    await fetcher.close()
  })

  it('a partition that is not read delays no other', async () => {
    const topic = await createTopic({ partitions: 2 })
    const values = numbers(500, 1000)
    await Promise.all([sendInBatches(topic, values, 0), sendInBatches(topic, values, 1)])
    const fetcher = client.fetcher({ bufferedBytesMax: 100_000, partitionBytesMax: 100_000 })
    await Promise.all([0, 1].map((partition) => fetcher.assign({ topic, partition }, 'earliest')))
    const read: string[] = []
    while (fetcher.position(topic, 1) < values.length) {
      await arrived(fetcher, topic, 1)
      read.push(...takeAll(fetcher, topic, 1))
    }
    expect(read).toEqual(values)
    await fetcher.close()
  })

  it('a paused partition is not asked for until it is resumed', async () => {
    const topic = await createTopic()
    const fetcher = await startReading(topic)
    fetcher.pause({ topic, partition: 0 })
    await quiet()
    await send(topic, numbers(10))
    await quiet()
    expect(fetcher.peek(topic, 0)).toBeUndefined()
    fetcher.resume({ topic, partition: 0 })
    await arrived(fetcher, topic)
    expect(takeAll(fetcher, topic)).toEqual(numbers(10))
    await fetcher.close()
  })
})

describe('assigning together', () => {
  it('lets no partition wait for records of another', async () => {
    const topic = await createTopic({ partitions: 3 })
    await send(topic, ['one'], 2)
    const fetcher = client.fetcher({ waitMs: 1900 })
    for (const partition of [0, 1, 2]) await fetcher.assign({ topic, partition }, 0)
    const begun = performance.now()
    await arrived(fetcher, topic, 2)
    expect(performance.now() - begun).toBeLessThan(1500)
    await fetcher.close()
  })
})

describe('assigning again', () => {
  it('drops fetched records', async () => {
    const topic = await createTopic()
    await send(topic, numbers(100))
    const fetcher = await startReading(topic)
    await arrived(fetcher, topic)
    await fetcher.assign({ topic, partition: 0 }, 50)
    expect(fetcher.peek(topic, 0)).toBeUndefined()
    expect(fetcher.position(topic, 0)).toBe(50)
    await arrived(fetcher, topic)
    expect(takeAll(fetcher, topic)).toEqual(numbers(100).slice(50))
    await fetcher.close()
  })

  it('drops the answer to a request in flight', async () => {
    const topic = await createTopic()
    await send(topic, numbers(100))
    const held = Promise.withResolvers<void>()
    proxy.decide = ({ apiKey, index }) => (apiKey === apiKeys.fetch && index === 0 ? held.promise : 'pass')
    const fetcher = await startReading(topic)
    await until('the first request', () => fetches() === 1)
    await fetcher.assign({ topic, partition: 0 }, 50)
    held.resolve()
    await arrived(fetcher, topic)
    expect(takeAll(fetcher, topic)).toEqual(numbers(100).slice(50))
    await fetcher.close()
  })

  it('the last call counts if one came while a position was looked up', async () => {
    const topic = await createTopic()
    await send(topic, numbers(10))
    const fetcher = client.fetcher()
    const partition = { topic, partition: 0 }
    await Promise.all([fetcher.assign(partition, 'earliest'), fetcher.assign(partition, 7)])
    expect(fetcher.position(topic, 0)).toBe(7)
    const late = fetcher.assign(partition, 'latest')
    fetcher.unassign(partition)
    await late
    expect(fetcher.assigned()).toEqual([])
    await fetcher.close()
  })

  it('forgetting a partition makes room for others', async () => {
    const topic = await createTopic({ partitions: 2 })
    await Promise.all([send(topic, numbers(300, 1000), 0), send(topic, numbers(10), 1)])
    const fetcher = await startReading(topic, { bufferedBytesMax: 1000 })
    await arrived(fetcher, topic)
    fetcher.unassign({ topic, partition: 0 })
    expect(fetcher.assigned()).toEqual([])
    expect(fetcher.take(topic, 0)).toBeUndefined()
    expect(() => fetcher.position(topic, 0)).toThrow(/not assigned/)
    await fetcher.assign({ topic, partition: 1 }, 'earliest')
    expect(fetcher.assigned()).toEqual([{ topic, partition: 1 }])
    await arrived(fetcher, topic, 1)
    expect(takeAll(fetcher, topic, 1)).toEqual(numbers(10))
    await send(topic, ['more'], 1)
    await arrived(fetcher, topic, 1)
    expect(takeAll(fetcher, topic, 1)).toEqual(['more'])
    await fetcher.close()
  })
})

describe('a position that the log does not have', () => {
  it.each([
    ['before its beginning', 2],
    ['behind its end', 99],
  ])('%s: the error says where the log begins and ends', async (_where, offset) => {
    const topic = await createTopic()
    await send(topic, numbers(10))
    await admin.deleteRecords(topic, 0, 5)
    const arrivals: string[] = []
    const fetcher = await startReading(topic, { onArrival: (name) => arrivals.push(name) }, offset)
    const error = await fetcher.wait(10_000).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'OFFSET_OUT_OF_RANGE', kind: 'fatal' })
    expect((error as Error).message).toContain(`${topic}-0: the offset ${offset}`)
    expect((error as Error).message).toContain('begins at 5 and ends at 10')
    // The reader is woken too, and gets the error as soon as it looks.
    expect(arrivals).toEqual([topic])
    expect(() => fetcher.peek(topic, 0)).toThrow(error as Error)
    expect(() => fetcher.position(topic, 0)).toThrow(error as Error)
    await fetcher.close()
  })
})

describe('a partition that can’t be read any more', () => {
  it('keeps none of the others from being read, and is read again once it is assigned again', async () => {
    const topic = await createTopic({ partitions: 2 })
    await send(topic, numbers(10), 0)
    await admin.deleteRecords(topic, 0, 5)
    const fetcher = await startReading(topic, {}, 2)
    await fetcher.assign({ topic, partition: 1 }, 'earliest')
    await expect(fetcher.wait(10_000)).rejects.toMatchObject({ code: 'OFFSET_OUT_OF_RANGE' })
    await send(topic, ['other'], 1)
    await until('a record of the other partition', () => fetcher.peek(topic, 1) !== undefined)
    expect(takeAll(fetcher, topic, 1)).toEqual(['other'])
    expect(() => fetcher.take(topic, 0)).toThrow('is gone')
    await fetcher.assign({ topic, partition: 0 }, 'earliest')
    await arrived(fetcher, topic)
    expect(takeAll(fetcher, topic)).toEqual(numbers(10).slice(5))
    await fetcher.close()
  })

  it('is that of a topic with another id than the position', async () => {
    const topic = await createTopic()
    const [before] = await client.describeTopics([topic])
    await send(topic, numbers(3))
    await admin.deleteTopics([topic])
    await admin.ensureTopics([{ name: topic, partitions: 1 }])
    await send(topic, numbers(9))
    const fetcher = client.fetcher()
    await fetcher.assign({ topic, partition: 0 }, 3, before!.topicId)
    const error = await fetcher.wait(10_000).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'TOPIC_REPLACED', kind: 'fatal' })
    const [now] = await client.describeTopics([topic])
    expect((error as Error).message).toContain(`(id ${before!.topicId})`)
    expect((error as Error).message).toContain(`(id ${now!.topicId})`)
    await fetcher.assign({ topic, partition: 0 }, 'earliest', now!.topicId)
    await arrived(fetcher, topic)
    expect(takeAll(fetcher, topic)).toEqual(numbers(9))
    expect(Date.now() - fetcher.lastResponseAt(topic, 0)!).toBeLessThan(5_000)
    await fetcher.close()
  })
})

describe('a connection that breaks', () => {
  it('recovers, whatever becomes of the requests: each record once, in order', async () => {
    const topic = await createTopic()
    const sent = numbers(3000, 300)
    await sendInBatches(topic, sent)
    const fates = ['cutAnswer', 'cut', 'drop', 'dropAnswer'] as const
    let met = 0
    proxy.decide = ({ apiKey, index }) =>
      apiKey === apiKeys.fetch && index % 3 === 1 && met < fates.length ? fates[met++]! : 'pass'
    const { values } = await readToEnd(client, topic, { partitionBytesMax: 40_000 })
    expect(met).toBe(fates.length)
    expect(values).toEqual(sent)
  })

  it('recovers when every connection breaks at once, and finds records written meanwhile', async () => {
    const topic = await createTopic()
    const fetcher = await startReading(topic)
    await until('a request that waits', () => fetches() > 0)
    proxy.cutAll()
    await send(topic, ['meanwhile'])
    await arrived(fetcher, topic)
    expect(takeAll(fetcher, topic)).toEqual(['meanwhile'])
    await fetcher.close()
  })
})

describe('a topic that is missing', () => {
  it('does not delay the others, and is read once it exists', async () => {
    const [there, missing] = [await createTopic(), uniqueName('late')]
    const fetcher = await startReading(missing, {}, 0)
    await fetcher.assign({ topic: there, partition: 0 }, 'earliest')
    for (let round = 0; round < 5; round++) {
      await send(there, [`round ${round}`])
      await arrived(fetcher, there)
      expect(takeAll(fetcher, there)).toEqual([`round ${round}`])
    }
    await admin.ensureTopics([{ name: missing, partitions: 1 }])
    await send(missing, ['there now'])
    await arrived(fetcher, missing)
    expect(takeAll(fetcher, missing)).toEqual(['there now'])
    await fetcher.close()
  })
})

describe('waiting', () => {
  it('ends on an arrival, at once if there was one since the last call, else after the timeout', async () => {
    const topic = await createTopic()
    const arrivals: [string, number][] = []
    const fetcher = await startReading(topic, { onArrival: (name, partition) => arrivals.push([name, partition]) })
    await fetcher.wait(10_000)
    expect(fetcher.endOffset(topic, 0)).toBe(0)
    expect(arrivals).toEqual([[topic, 0]])
    const begun = performance.now()
    await fetcher.wait(50)
    expect(performance.now() - begun).toBeGreaterThan(45)
    expect(arrivals).toHaveLength(1)

    const waiting = fetcher.wait(10_000)
    await send(topic, ['one'])
    await waiting
    expect(valuesOf(fetcher.peek(topic, 0)!)).toEqual(['one'])
    expect(arrivals).toHaveLength(2)
    expect(fetcher.position(topic, 0)).toBe(0)
    expect(takeAll(fetcher, topic)).toEqual(['one'])
    expect(fetcher.position(topic, 0)).toBe(1)

    await send(topic, ['two'])
    await until('the second arrival', () => arrivals.length === 3)
    await fetcher.wait(10_000)
    expect(takeAll(fetcher, topic)).toEqual(['two'])
    await fetcher.close()
  })

  it('ends when the fetcher is closed', async () => {
    const topic = await createTopic()
    const fetcher = await startReading(topic)
    await fetcher.wait(10_000)
    const waiting = fetcher.wait(60_000)
    await fetcher.close()
    await waiting
    await expect(fetcher.assign({ topic, partition: 0 }, 'earliest')).rejects.toMatchObject({ code: 'CLIENT_CLOSED' })
  })
})
