import type { KafkaClient } from '../kafka/client.ts'
import { partitionOfKey } from '../kafka/producer/partition-of-key.ts'
import { codecOf } from '../schemas/avro/codec.ts'
import { releasedRegistry } from '../schemas/release/registry.ts'
import type { Topic } from '../schemas/topic.ts'
import type { Naming } from '../streams/naming.ts'
import { PARTITIONS } from './platform-under-test.ts'

/** Publishes events to a platform under test in large transactions, so that publishing is not what is measured. */
export interface BenchPublisher {
  publish<Event>(topic: Topic<Event>, events: readonly Event[]): Promise<void>
  close(): Promise<void>
}

const EVENTS_PER_TRANSACTION = 5_000

/** Opens a publisher. `name` tells several of them apart. */
export async function publisherFor(client: KafkaClient, naming: Naming, name = 'bench'): Promise<BenchPublisher> {
  const producer = client.transactionalProducer(naming.intakeId(name))
  await producer.init()
  return {
    async publish(topic, events) {
      const { encode } = codecOf(topic, releasedRegistry)
      const name = naming.topic(topic as Topic)
      for (let from = 0; from < events.length; from += EVENTS_PER_TRANSACTION) {
        producer.begin()
        for (const event of events.slice(from, from + EVENTS_PER_TRANSACTION)) {
          const key = Buffer.from(topic.keyOf(event))
          const partition = topic.role === 'global' ? 0 : partitionOfKey(key, PARTITIONS)
          producer.append(name, partition, Date.now(), key, encode(event))
        }
        await producer.commit()
      }
    },
    close: () => producer.close(),
  }
}
