import type { PlainProducer, PlainRecord, RecordPlace } from '../kafka/producer/plain-producer.ts'
import { codecOf } from '../schemas/avro/codec.ts'
import type { Registry } from '../schemas/release/registry.ts'
import type { Topic } from '../schemas/topic.ts'
import type { Naming } from '../streams/naming.ts'

/** Sends checked events to their topics, under their keys. */
export interface Publisher {
  publish(topic: Topic, events: readonly unknown[]): Promise<readonly RecordPlace[]>
  /** Sends tombstones for keys of a compacted topic. */
  withdraw(topic: Topic, keys: readonly string[]): Promise<void>
}

export function createPublisher(producer: PlainProducer, naming: Naming, registry: Registry): Publisher {
  return {
    publish(topic, events) {
      const codec = codecOf(topic, registry)
      const records: PlainRecord[] = events.map((event) => ({ key: topic.keyOf(event), value: codec.encode(event) }))
      return producer.send(naming.topic(topic), records)
    },
    async withdraw(topic, keys) {
      await producer.send(
        naming.topic(topic),
        keys.map((key) => ({ key, value: null })),
      )
    },
  }
}
