import type { KafkaClient, TopicPartition } from '../client.ts'

/**
 * Whether a record that a transaction wrote is there for readers of committed data. To be asked once the transaction has ended, one way or the other: the next
 * owner of its transactional id ends it. `undefined`: no broker could tell in time.
 */
export async function isCommitted(
  client: KafkaClient,
  { topic, partition, offset }: TopicPartition & { readonly offset: number },
  deadline: number,
): Promise<boolean | undefined> {
  const fetcher = client.fetcher({ partitionBytesMax: 64 << 10 })
  try {
    await fetcher.assign({ topic, partition }, offset)
    while (performance.now() < deadline) {
      // Control records and aborted ones move the position too, so that it passes the offset in either case.
      for (let batch = fetcher.take(topic, partition); batch; batch = fetcher.take(topic, partition))
        if (batch.offsets.subarray(0, batch.count).includes(offset)) return true
      if (fetcher.position(topic, partition) > offset) return false
      await fetcher.wait(Math.max(1, Math.min(500, deadline - performance.now())))
    }
    return undefined
  } catch {
    return undefined
  } finally {
    await fetcher.close()
  }
}
