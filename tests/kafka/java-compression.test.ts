import type { Compression } from '../../kafka/client.ts'
import { createCluster } from '../../kafka/cluster/cluster.ts'
import { compressionNumber } from '../../kafka/records/compression.ts'
import { partitionKey, sendFetch } from '../../kafka/fetcher/fetch-request.ts'
import { createKafkaClient } from '../../kafka/kafka-client.ts'
import { attributes } from '../../kafka/records/record-batch-layout.ts'
import { batchHeaders } from '../../kafka/records/record-batch-reader.ts'
import { javaReads, javaWrites } from './java-client.ts'
import { brokers, createTopic, uniqueName } from './kafka-under-test.ts'
import { readToEnd } from './read-to-end.ts'

const client = createKafkaClient({ brokers, clientId: 'compression-test' })
const cluster = createCluster({ brokers, clientId: 'compression-test' })
afterAll(() => Promise.all([client.close(), cluster.close()]))

const compressions: readonly Compression[] = ['none', 'gzip', 'snappy', 'lz4', 'zstd']
/** More than one block of any compression (64 KB for lz4, 32 KB for snappy), and not only ASCII. */
const values = Array.from({ length: 1500 }, (_, i) => `${i} 客户贷款意向 ${'repeated '.repeat(i % 20)}`)

/** Returns the compression codes of the batches in the log. */
async function compressionsIn(topic: string): Promise<number[]> {
  const { nodeId, leaderEpoch } = await cluster.leaderOf(topic, 0)
  const { topicId } = await cluster.topic(topic)
  const fetch = { topicId, partition: 0, leaderEpoch, offset: 0, bytesMax: 1 << 22 }
  const settings = { waitMs: 100, responseBytesMax: 1 << 23, committedOnly: false }
  const answer = await cluster.call(nodeId, { channel: 'test', where: 'Fetch' }, (connection) =>
    sendFetch(connection, [fetch], settings),
  )
  const batches = [...batchHeaders(answer.partitions.get(partitionKey(fetch))!.records!, topic)]
  const data = batches.filter((batch) => (batch.attributes & attributes.control) === 0)
  return [...new Set(data.map((batch) => batch.attributes & attributes.compression))]
}

describe('compressed records', () => {
  it('that Java’s client writes are read, by each compression', async () => {
    await Promise.all(
      compressions.map(async (compression) => {
        const topic = await createTopic()
        await javaWrites(
          topic,
          compression,
          values.map((value, i) => `key ${i}:${value}`),
        )
        expect(await compressionsIn(topic)).toEqual([compressionNumber(compression)])
        expect((await readToEnd(client, topic)).values).toEqual(values)
      }),
    )
  })

  it('written by this client are read by Java’s, and by itself: a transaction for each compression', async () => {
    const topic = await createTopic()
    for (const compression of compressions) {
      const producer = client.transactionalProducer(uniqueName('compression'), { compression })
      await producer.init()
      producer.begin()
      const headers = [{ key: 'compression', value: Buffer.from(compression) }]
      for (const value of values)
        producer.append(topic, 0, Date.now(), Buffer.from('key'), Buffer.from(`${compression} ${value}`), headers)
      await producer.commit()
      await producer.close()
    }
    const expected = compressions.flatMap((compression) => values.map((value) => `${compression} ${value}`))
    expect(await compressionsIn(topic)).toEqual([0, 1, 2, 3, 4])
    expect((await readToEnd(client, topic)).values).toEqual(expected)
    expect(await javaReads(topic, expected.length)).toEqual(expected)
  })
})
