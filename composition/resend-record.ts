import type { OriginalRecord } from '../api/ports.ts'
import type { PlainProducer } from '../kafka/producer/plain-producer.ts'

/**
 * Sends the record of a dead letter to its topic again: to the partition of its key, or without a key to the partition
 * that it came from.
 */
export async function resendRecord(
  producer: Pick<PlainProducer, 'send'>,
  { topic, partition, key, value }: OriginalRecord,
): Promise<void> {
  await producer.send(topic, [{ key: key ?? Buffer.alloc(0), value, ...(key === null ? { partition } : {}) }])
}
