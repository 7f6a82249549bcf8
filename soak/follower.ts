import { clientOptions, namingOf } from '../composition/kafka.ts'
import type { CommandContext } from '../composition/context.ts'
import { valueOf } from '../kafka/records/record-access.ts'
import { createKafkaClient } from '../kafka/kafka-client.ts'
import { codecOf } from '../schemas/avro/codec.ts'
import { releasedRegistry } from '../schemas/release/registry.ts'
import type { Topic } from '../schemas/topic.ts'

/** Reads topics from the last position to the current last stable offset. */
export interface Follower {
  readToEnd(): Promise<void>
  close(): Promise<void>
}

export interface Followed {
  readonly topic: Topic
  take(event: unknown): void
}

export function follow<T>(topic: Topic<T>, take: (event: T) => void): Followed {
  return { topic, take } as Followed
}

export function createFollower(context: CommandContext, followed: readonly Followed[]): Follower {
  const client = createKafkaClient(clientOptions(context.config, 'soak-audit'))
  const naming = namingOf(context.config)
  const fetcher = client.fetcher()
  const assigned = new Set<string>()

  async function readPartition({ topic, take }: Followed, partition: number): Promise<void> {
    const name = naming.topic(topic)
    const codec = codecOf(topic, releasedRegistry)
    const at = { topic: name, partition }
    if (!assigned.has(`${name}/${partition}`)) await fetcher.assign(at, 0)
    assigned.add(`${name}/${partition}`)
    const end = await client.listOffset(at, 'latest_stable')
    while (fetcher.position(name, partition) < end) {
      const batch = fetcher.take(name, partition)
      if (batch === undefined) await fetcher.wait(500)
      else for (let index = 0; index < batch.count; index++) take(codec.decode(valueOf(batch, index)!))
    }
  }

  return {
    async readToEnd() {
      for (const one of followed)
        for (let partition = 0; partition < context.config.TOPIC_PARTITIONS; partition++)
          await readPartition(one, partition)
    },
    close: () => client.close(),
  }
}
