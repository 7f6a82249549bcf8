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
  await Promise.all(writers.splice(0).map((writer) => writer.stop()))
  await stream.close()
})

test('an event in another partition than its key’s is in the database once, also of a topic that no processor reads', async () => {
  stream = await createStream([], { partitions: PARTITIONS })
  const codec = codecOf(outcomes, releasedRegistry)
  for (const id of ['one', 'two', 'three', 'four']) {
    const outcome = outcomeOf(id)
    const own = partitionOfKey(outcome.customerId, PARTITIONS)
    await stream.publishRaw(outcomes as Topic, outcome.customerId, codec.encode(outcome), id === 'one' ? own : 1 - own)
  }
  const fetcher = stream.client.fetcher({ onArrival: (_topic, partition) => writers[partition]?.wake() })
  for (let partition = 0; partition < PARTITIONS; partition++)
    writers.push(
      startPartitionWriter({
        partition,
        client: stream.client,
        accepted: new Set(),
        metrics: noMetrics,
        naming: stream.naming,
        fetcher,
        database: store.database,
        registry: releasedRegistry,
        partitionCount: PARTITIONS,
        log: () => {},
        health: createHealth(),
      }),
    )
  await waitFor(async () => (await count(store.database, 'outcomes')) >= 4, { what: 'four outcomes' })
  expect(await count(store.database, 'outcomes')).toBe(4)
  await Promise.all(writers.splice(0).map((writer) => writer.stop()))
  await fetcher.close()
}, 30_000)
