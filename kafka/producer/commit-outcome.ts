import type { KafkaClient, TopicPartition } from '../client.ts'

/**
 * Returns whether a record of a transaction is visible to read-committed consumers; `undefined` if no broker answered
 * in time. Call it once the transaction has ended, committed or aborted: initialising its transactional id again ends
 * it.
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
      // Control records and aborted records move the position too, so it passes the offset in either case.
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
