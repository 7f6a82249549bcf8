import type { KafkaClient } from '../../kafka/client.ts'

/**
 * The values of all committed records of a partition, in order, up to its end now: a commit is answered before its marker is in
 * every partition, so the last stable offset may lag behind it. Waits forever behind a transaction that stays open.
 */
export async function readCommitted(client: KafkaClient, topic: string, partition = 0): Promise<string[]> {
  const end = await client.listOffset({ topic, partition }, 'latest')
  const fetcher = client.fetcher()
  const values: string[] = []
  try {
    await fetcher.assign({ topic, partition }, 'earliest')
    while (fetcher.position(topic, partition) < end) {
      const batch = fetcher.take(topic, partition)
      if (!batch) {
        await fetcher.wait(1000)
        continue
      }
      for (let i = 0; i < batch.count; i++) {
        const start = batch.valueStarts[i]!
        values.push(batch.bytes.toString('utf8', start, start + batch.valueLengths[i]!))
      }
    }
  } finally {
    await fetcher.close()
  }
  return values
}
