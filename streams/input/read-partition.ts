import type { KafkaClient, RecordBatch, TopicPartition } from '../../kafka/client.ts'

/** Reads every committed record of a partition from `from` up to the last stable offset at the time of the call. */
export async function* readTopicPartition(
  client: KafkaClient,
  at: TopicPartition,
  from: number | 'earliest' = 'earliest',
): AsyncGenerator<{ readonly batch: RecordBatch; readonly index: number }> {
  const end = await client.listOffset(at, 'latest_stable')
  const fetcher = client.fetcher({ bufferedBytesMax: 4 << 20 })
  try {
    await fetcher.assign(at, from)
    for (;;) {
      const batch = fetcher.take(at.topic, at.partition)
      if (batch !== undefined) {
        for (let index = 0; index < batch.count; index++) {
          if (batch.offsets[index]! >= end) return
          yield { batch, index }
        }
      } else if (fetcher.position(at.topic, at.partition) >= end) return
      else await fetcher.wait(1_000)
    }
  } finally {
    await fetcher.close()
  }
}
