import { createAdmin } from '../../../kafka/admin/admin.ts'
import { createRestorer, type Restorer } from '../../../kafka/admin/restorer.ts'
import type { KafkaClient, RecordBatch } from '../../../kafka/client.ts'
import { createKafkaClient } from '../../../kafka/kafka-client.ts'
import { headersOf } from '../../../kafka/records/headers.ts'
import { keyOf, valueOf } from '../../../kafka/records/record-access.ts'
import { brokers, uniqueName } from '../../support/services.ts'

const options = { brokers: brokers(), clientId: 'restorer-test' }
const admin = createAdmin(options)
let restorer: Restorer
let client: KafkaClient
beforeAll(() => {
  restorer = createRestorer(options)
  client = createKafkaClient(options)
})
afterAll(async () => {
  await restorer.close()
  await client.close()
  await admin.close()
})

async function newTopic(cleanup = 'delete'): Promise<string> {
  const name = uniqueName('restored')
  await admin.ensureTopics([{ name, partitions: 1, replicationFactor: 1, configs: { 'cleanup.policy': cleanup } }])
  return name
}

const record = (value: string) => ({
  timestampMs: 1_000,
  key: Buffer.from('k'),
  value: Buffer.from(value),
  headers: [{ key: 'h', value: Buffer.from('1') }],
})

async function batchesOf(topic: string): Promise<RecordBatch[]> {
  const end = await client.listOffset({ topic, partition: 0 }, 'latest_stable')
  const fetcher = client.fetcher()
  await fetcher.assign({ topic, partition: 0 }, 'earliest')
  const batches: RecordBatch[] = []
  while (fetcher.position(topic, 0) < end) {
    const batch = fetcher.take(topic, 0)
    if (batch === undefined) await fetcher.wait(1_000)
    else batches.push(batch)
  }
  await fetcher.close()
  return batches
}

test('records are at their former offsets, of their former producers, and gaps show nothing', async () => {
  const topic = await newTopic('compact')
  const partition = await restorer.partition({ topic, partition: 0 })
  await partition.skipTo(3)
  await partition.append(7, 2, [record('a'), record('b')])
  await partition.skipTo(6)
  await partition.append(7, 3, [record('c')])
  await partition.append(7, 3, [record('d')])
  await partition.skipTo(5_000)
  await partition.append(-1, -1, [{ ...record('e'), value: null as never, headers: [] }])
  await partition.skipTo(5_002)
  await partition.finish()

  const found = (await batchesOf(topic)).flatMap((batch) =>
    Array.from({ length: batch.count }, (_, index) => [
      batch.offsets[index],
      batch.producerId,
      batch.producerEpoch,
      batch.timestamps[index],
      keyOf(batch, index)!.toString(),
      valueOf(batch, index)?.toString() ?? null,
      headersOf(batch, index).length,
    ]),
  )
  expect(found).toEqual([
    [3, 7, 2, 1_000, 'k', 'a', 1],
    [4, 7, 2, 1_000, 'k', 'b', 1],
    [6, 7, 3, 1_000, 'k', 'c', 1],
    [7, 7, 3, 1_000, 'k', 'd', 1],
    [5_000, -1, -1, 1_000, 'k', null, 0],
  ])
  expect(await client.listOffset({ topic, partition: 0 }, 'latest')).toBe(5_002)
}, 60_000)

test('a partition with records, or one that something else writes to, is an error', async () => {
  const topic = await newTopic()
  const partition = await restorer.partition({ topic, partition: 0 })
  await partition.append(8, 0, [record('a')])
  await expect(restorer.partition({ topic, partition: 0 })).rejects.toThrow('restore into empty topics')
  const other = await newTopic()
  const [one, two] = [
    await restorer.partition({ topic: other, partition: 0 }),
    await restorer.partition({ topic: other, partition: 0 }),
  ]
  await one.append(8, 0, [record('a')])
  await expect(two.append(9, 0, [record('b')])).rejects.toThrow('is at offset 1, not at 0')
})

test('no producer gets an id that was left out', async () => {
  const producer = client.transactionalProducer(uniqueName('before'))
  await producer.init()
  const upTo = Number(producer.producerId) + 1_500
  await restorer.leaveOutProducerIds(upTo)
  const next = client.transactionalProducer(uniqueName('after'))
  await next.init()
  expect(Number(next.producerId)).toBeGreaterThan(upTo)
}, 60_000)
