import { namingOf } from '../composition/kafka.ts'
import type { Config } from '../config.ts'
import { partitionOfKey } from '../kafka/producer/partition-of-key.ts'
import type { PlainRecord } from '../kafka/producer/plain-producer.ts'
import { codecOf } from '../schemas/avro/codec.ts'
import { releasedRegistry } from '../schemas/release/registry.ts'
import type { Topic } from '../schemas/topic.ts'

/**
 * Writes like a client whose partitioner differs from Java's: every fifth record goes outside the partition of its key.
 */
export interface Misplacer {
  topicName(topic: Topic): string
  recordsOf(topic: Topic, events: readonly unknown[]): readonly PlainRecord[]
  /** Number of records misplaced so far. */
  count(): number
}

const ONE_IN = 5

export function createMisplacer(config: Config): Misplacer {
  const naming = namingOf(config)
  const partitions = config.TOPIC_PARTITIONS
  let made = 0
  let count = 0

  function recordOf(topic: Topic, event: unknown): PlainRecord {
    const key = topic.keyOf(event)
    const value = codecOf(topic, releasedRegistry).encode(event)
    if (partitions === 1 || made++ % ONE_IN !== 0) return { key, value }
    count++
    return { key, value, partition: (partitionOfKey(Buffer.from(key), partitions) + 1) % partitions }
  }

  return {
    topicName: (topic) => naming.topic(topic),
    recordsOf: (topic, events) => events.map((event) => recordOf(topic, event)),
    count: () => count,
  }
}
