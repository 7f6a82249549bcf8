import type { Fetcher, KafkaClient } from '../../../kafka/client.ts'
import { createKafkaClient } from '../../../kafka/kafka-client.ts'
import { brokers, createTopic, uniqueName } from '../kafka-under-test.ts'
import { valuesOf } from '../records-of.ts'
import { apiKeys, startTcpProxy, type TcpProxy } from '../tcp-proxy.ts'
import { until } from '../until.ts'

const FETCHERS = 6
const writer = createKafkaClient({ brokers, clientId: 'shared-wait-test' })
const producer = writer.transactionalProducer(uniqueName('shared-wait'))
let proxy: TcpProxy
let client: KafkaClient
let topics: string[]
let fetchers: Fetcher[]
beforeAll(() => producer.init())
afterAll(() => writer.close())
beforeEach(async () => {
  proxy = await startTcpProxy(brokers[0]!)
  client = createKafkaClient({ brokers, clientId: 'shared-wait-test', resolveBroker: proxy.resolveBroker })
  topics = await Promise.all(Array.from({ length: FETCHERS }, () => createTopic({ partitions: 2 })))
  fetchers = topics.map(() => client.fetcher())
  for (const [index, topic] of topics.entries())
    for (const partition of [0, 1]) await fetchers[index]!.assign({ topic, partition }, 0)
})
afterEach(async () => {
  await client.close()
  await proxy.close()
})

/** Waits until all fetchers share their requests, by the number sent in the last two seconds. */
async function untilWaitingTogether(): Promise<void> {
  const fetches = () => proxy.seen.filter(({ apiKey }) => apiKey === apiKeys.fetch).length
  let [count, since] = [fetches(), performance.now()]
  await until('one request a second', () => {
    if (performance.now() - since < 2_000) return false
    const sent = fetches() - count
    ;[count, since] = [fetches(), performance.now()]
    return sent <= 3
  })
}

async function write(topic: string, values: readonly string[], partition = 0, end: 'commit' | 'abort' = 'commit') {
  producer.begin()
  for (const value of values) producer.append(topic, partition, Date.now(), null, Buffer.from(value))
  await producer[end]()
}

async function read(index: number, count: number, partition = 0): Promise<string[]> {
  const values: string[] = []
  await until(`${count} records`, () => {
    for (let batch = fetchers[index]!.take(topics[index]!, partition); batch !== undefined;) {
      values.push(...valuesOf(batch))
      batch = fetchers[index]!.take(topics[index]!, partition)
    }
    return values.length >= count
  })
  return values
}

test('idle fetchers share a request, which the first arrival ends at once', async () => {
  await untilWaitingTogether()
  await write(topics[3]!, ['never seen'], 1, 'abort')
  await write(topics[3]!, ['seen'], 1)
  expect(await read(3, 1, 1)).toEqual(['seen'])
  // The fastest time counts, since the machine may be busy; a request waits for up to a second.
  const tookMs: number[] = []
  for (const index of [0, 1, 3, 4]) {
    await write(topics[index]!, ['first'])
    const from = performance.now()
    expect(await read(index, 1)).toEqual(['first'])
    tookMs.push(performance.now() - from)
  }
  expect(Math.min(...tookMs)).toBeLessThan(200)
  expect(Date.now() - fetchers[0]!.lastResponseAt(topics[0]!, 1)!).toBeLessThan(3_000)
  expect(fetchers[0]!.endOffset(topics[0]!, 1)).toBe(0)

  // A busy fetcher sends its own requests and returns to the shared wait.
  for (let round = 0; round < 10; round++) {
    await write(topics[2]!, [`round ${round}`])
    expect(await read(2, 1)).toEqual([`round ${round}`])
  }
  await untilWaitingTogether()
  await write(topics[2]!, ['again'])
  expect(await read(2, 1)).toEqual(['again'])
}, 60_000)

test('a fetcher that moves to another offset or partition is not delayed by the others', async () => {
  await untilWaitingTogether()
  const [topic, other] = [topics[0]!, topics[1]!]
  await write(topic, ['a', 'b', 'c'])
  expect(await read(0, 3)).toEqual(['a', 'b', 'c'])
  const from = performance.now()
  await fetchers[0]!.assign({ topic, partition: 0 }, 1)
  expect(await read(0, 2)).toEqual(['b', 'c'])
  fetchers[1]!.pause({ topic: other, partition: 0 })
  await write(other, ['while paused'])
  fetchers[1]!.resume({ topic: other, partition: 0 })
  expect(await read(1, 1)).toEqual(['while paused'])
  expect(performance.now() - from).toBeLessThan(10_000)
}, 60_000)

test('a broken connection, and answers that never come, lose nothing', async () => {
  await untilWaitingTogether()
  let cuts = 0
  proxy.decide = ({ apiKey }) => (apiKey === apiKeys.fetch && cuts++ < 2 ? 'cutAnswer' : 'pass')
  for (const [index, topic] of topics.entries()) await write(topic, [`one ${index}`, `two ${index}`])
  for (const index of topics.keys()) expect(await read(index, 2)).toEqual([`one ${index}`, `two ${index}`])
  expect(cuts).toBeGreaterThanOrEqual(2)
  fetchers.slice(1).forEach((fetcher) => void fetcher.close())
  await write(topics[0]!, ['last'])
  expect(await read(0, 1)).toEqual(['last'])
}, 60_000)
