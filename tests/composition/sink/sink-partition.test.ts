import type { PartitionReader } from '../../../composition/readers/partition-readers.ts'
import { startPartitionWriter } from '../../../composition/sink/sink-partition.ts'
import { partitionOfKey } from '../../../kafka/producer/partition-of-key.ts'
import { codecOf } from '../../../schemas/avro/codec.ts'
import { outcomes } from '../../../schemas/models/outcomes.ts'
import { releasedRegistry } from '../../../schemas/release/registry.ts'
import type { Topic } from '../../../schemas/topic.ts'
import { createHealth } from '../../../streams/health.ts'
import { noMetrics } from '../../../streams/metrics.ts'
import { count, outcomeOf, storeUnderTest } from '../../store/store-under-test.ts'
import { createStream, type StreamUnderTest } from '../../streams/stream-under-test.ts'
import { waitFor } from '../../support/services.ts'

const PARTITIONS = 2
const store = storeUnderTest()
let stream: StreamUnderTest
const writers: PartitionReader[] = []
afterEach(async () => {
  await stopWriters()
  await stream.close()
})

const stopWriters = () => Promise.all(writers.splice(0).map((writer) => writer.stop()))

function startWriters(partitionCount: number) {
  const fetcher = stream.client.fetcher({ onArrival: (_topic, partition) => writers[partition]?.wake() })
  for (let partition = 0; partition < partitionCount; partition++)
    writers.push(
      startPartitionWriter({
        ...{ partition, partitionCount, fetcher, database: store.database, registry: releasedRegistry },
        ...{ client: stream.client, naming: stream.naming, accepted: new Set<string>(), metrics: noMetrics },
        ...{ log: () => {}, health: createHealth() },
      }),
    )
  return fetcher
}

test('an event that no processor reads and that can’t be decoded becomes a dead letter of the sink, and stops no other event', async () => {
  stream = await createStream([], { partitions: 1 })
  const codec = codecOf(outcomes, releasedRegistry)
  await stream.publishRaw(outcomes as Topic, 'c', Buffer.from('?'), 0)
  await stream.publishRaw(outcomes as Topic, 'c1', codec.encode(outcomeOf('good')), 0)
  await stream.publishRaw(outcomes as Topic, 'somebody', codec.encode(outcomeOf('of another')), 0)
  const fetcher = startWriters(1)
  const letters = () => store.database.selectFrom('dead_letters').select(['code', 'offset', 'processor']).execute()
  const found = await waitFor(async () => ((await letters()).length === 2 ? letters() : false), { what: 'two letters' })
  expect(found).toEqual([
    { code: 'NOT_FRAMED', offset: 0, processor: 'sink' },
    { code: 'KEY_MISMATCH', offset: 2, processor: 'sink' },
  ])
  await waitFor(async () => (await count(store.database, 'outcomes')) === 1, { what: 'the good outcome' })
  await stopWriters()
  await fetcher.close()
}, 30_000)

test('an event in another partition than its key’s is in the database once, also of a topic that no processor reads', async () => {
  stream = await createStream([], { partitions: PARTITIONS })
  const codec = codecOf(outcomes, releasedRegistry)
  for (const id of ['one', 'two', 'three', 'four']) {
    const outcome = outcomeOf(id)
    const own = partitionOfKey(outcome.customerId, PARTITIONS)
    await stream.publishRaw(outcomes as Topic, outcome.customerId, codec.encode(outcome), id === 'one' ? own : 1 - own)
  }
  const fetcher = startWriters(PARTITIONS)
  await waitFor(async () => (await count(store.database, 'outcomes')) >= 4, { what: 'four outcomes' })
  expect(await count(store.database, 'outcomes')).toBe(4)
  await stopWriters()
  await fetcher.close()
}, 30_000)
