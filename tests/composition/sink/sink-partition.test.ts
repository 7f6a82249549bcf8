import type { PartitionReader } from '../../../composition/readers/partition-readers.ts'
import { startPartitionWriter } from '../../../composition/sink/sink-partition.ts'
import { partitionOfKey } from '../../../kafka/producer/partition-of-key.ts'
import { codecOf } from '../../../schemas/avro/codec.ts'
import { contactPermissions, type ContactPermission } from '../../../schemas/calls/contact-permissions.ts'
import { releasedRegistry } from '../../../schemas/release/registry.ts'
import type { Topic } from '../../../schemas/topic.ts'
import { createHealth } from '../../../streams/health.ts'
import { noMetrics } from '../../../streams/metrics.ts'
import { count, storeUnderTest } from '../../store/store-under-test.ts'
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

/** Of a topic that no processor reads. */
const permissionOf = (id: string): ContactPermission => ({
  ...{ id, occurredAt: Date.UTC(2026, 9, 1), source: 'test', customerId: 'c1', kind: 'do-not-call' },
  ...{ purpose: null, channel: null, form: null, expiresAt: null, evidence: null },
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
  const codec = codecOf(contactPermissions, releasedRegistry)
  await stream.publishRaw(contactPermissions as Topic, 'c', Buffer.from('?'), 0)
  await stream.publishRaw(contactPermissions as Topic, 'c1', codec.encode(permissionOf('good')), 0)
  await stream.publishRaw(contactPermissions as Topic, 'somebody', codec.encode(permissionOf('of another')), 0)
  const fetcher = startWriters(1)
  const letters = () => store.database.selectFrom('dead_letters').select(['code', 'offset', 'processor']).execute()
  const found = await waitFor(async () => ((await letters()).length === 2 ? letters() : false), { what: 'two letters' })
  expect(found).toEqual([
    { code: 'NOT_FRAMED', offset: 0, processor: 'sink' },
    { code: 'KEY_MISMATCH', offset: 2, processor: 'sink' },
  ])
  await waitFor(async () => (await count(store.database, 'contact_permissions')) === 1, { what: 'the good one' })
  await stopWriters()
  await fetcher.close()
}, 30_000)

test('an event in another partition than its key’s is in the database once, also of a topic that no processor reads', async () => {
  stream = await createStream([], { partitions: PARTITIONS })
  const codec = codecOf(contactPermissions, releasedRegistry)
  for (const id of ['one', 'two', 'three', 'four']) {
    const permission = permissionOf(id)
    const own = partitionOfKey(permission.customerId, PARTITIONS)
    await stream.publishRaw(
      contactPermissions as Topic,
      permission.customerId,
      codec.encode(permission),
      id === 'one' ? own : 1 - own,
    )
  }
  const fetcher = startWriters(PARTITIONS)
  await waitFor(async () => (await count(store.database, 'contact_permissions')) >= 4, { what: 'four permissions' })
  expect(await count(store.database, 'contact_permissions')).toBe(4)
  await stopWriters()
  await fetcher.close()
}, 30_000)
