import type { KafkaClient, RecordBatch } from '../../kafka/client.ts'

/** Reads every batch of a topic up to its current end, committed records only. */
export async function* readAll(client: KafkaClient, topic: string, partitions: number): AsyncGenerator<RecordBatch> {
  const fetcher = client.fetcher({ bufferedBytesMax: 16 << 20 })
  try {
    const ends = new Map<number, number>()
    for (let partition = 0; partition < partitions; partition++) {
      ends.set(partition, await client.listOffset({ topic, partition }, 'latest_stable'))
      await fetcher.assign({ topic, partition }, 'earliest')
    }
    while (ends.size > 0) {
      let found = false
      for (const [partition, end] of ends) {
        const batch = fetcher.take(topic, partition)
        if (batch !== undefined) {
          found = true
          yield batch
        } else if (fetcher.position(topic, partition) >= end) ends.delete(partition)
      }
      if (!found && ends.size > 0) await fetcher.wait(1_000)
    }
  } finally {
    await fetcher.close()
  }
}
