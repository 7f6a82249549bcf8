import { createCluster, type Cluster } from '../../kafka/cluster/cluster.ts'
import { createFetcher } from '../../kafka/fetcher/fetcher.ts'
import type { FetchResponse, PartitionResponse } from '../../kafka/fetcher/fetch-request.ts'
import { createPlainProducer } from '../../kafka/producer/plain-producer.ts'
import { batchHeaders } from '../../kafka/records/record-batch-reader.ts'
import { brokers, createTopic } from './kafka-under-test.ts'
import { valuesOf } from './records-of.ts'

const plain = createPlainProducer({ brokers, clientId: 'damage-test' })
const cluster = createCluster({ brokers, clientId: 'damage-test' })
beforeAll(() => plain.connect())
afterAll(() => Promise.all([plain.close(), cluster.close()]))

/** The cluster, but for what the wire does to its answers. */
function damaging(damage: (partition: PartitionResponse) => void): Cluster {
  return {
    ...cluster,
    async call(nodeId, call, request) {
      const answer = await cluster.call(nodeId, call, request)
      if (call.channel.startsWith('fetch')) (answer as FetchResponse).partitions.forEach(damage)
      return answer
    },
  }
}

/** Creates two partitions with the same fifty records, each in a batch of its own. */
async function createFilledTopic(): Promise<{ topic: string; values: string[] }> {
  const topic = await createTopic({ partitions: 2 })
  const values = Array.from({ length: 50 }, (_, i) => String(i))
  for (const value of values)
    for (const partition of [0, 1]) await plain.send(topic, [{ key: 'key', value: Buffer.from(value), partition }])
  return { topic, values }
}

describe('answers that were damaged in transit', () => {
  it('are asked for again: each record is read once, in order, and the other partition does not notice', async () => {
    const { topic, values } = await createFilledTopic()
    let damaged = 0
    const wire = damaging(({ partition, records }) => {
      // Damages the middle of several batches: those before it must count as read, and those after it must not.
      if (partition !== 0 || records === undefined || damaged === 4) return
      const batches = [...batchHeaders(records, topic)]
      records[batches[batches.length >> 1]!.end - 1]! ^= 16
      damaged++
    })
    const fetcher = createFetcher(wire, { partitionBytesMax: 1000 })
    const read: string[][] = [[], []]
    await Promise.all([0, 1].map((partition) => fetcher.assign({ topic, partition }, 'earliest')))
    while (read.some(({ length }) => length < values.length)) {
      await fetcher.wait(1000)
      for (const partition of [0, 1])
        for (let batch = fetcher.take(topic, partition); batch; batch = fetcher.take(topic, partition))
          read[partition]!.push(...valuesOf(batch))
    }
    expect(damaged).toBe(4)
    expect(read).toEqual([values, values])
    await fetcher.close()
  })

  it('that stay damaged, as on a broken disk, end in an error that names the batch', async () => {
    const { topic } = await createFilledTopic()
    const wire = damaging(({ partition, records }) => {
      if (partition === 0 && records !== undefined) records[records.length - 1]! ^= 1
    })
    const fetcher = createFetcher(wire, { partitionBytesMax: 1 })
    await fetcher.assign({ topic, partition: 0 }, 20)
    const waiting = async () => {
      for (;;) await fetcher.wait(5000)
    }
    await expect(waiting()).rejects.toMatchObject({
      code: 'CORRUPT_MESSAGE',
      message: expect.stringMatching(new RegExp(`${topic}-0: the batch at offset 20 has the checksum`)) as string,
    })
    expect(() => fetcher.take(topic, 0)).toThrow(/checksum/)
    await fetcher.close()
  })
})
