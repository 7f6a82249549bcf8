import type { KafkaClient, TopicDescription, TopicPartition } from '../../kafka/client.ts'
import type { Registry } from '../../schemas/release/registry.ts'
import type { ErasedPersons } from '../../streams/erasure/erased-persons.ts'
import type { Naming } from '../../streams/naming.ts'
import type { Config } from '../../config.ts'
import { openArchive, type Archive } from './archive.ts'
import { createArchivedClient } from './archived-client.ts'
import { readErased } from './erased-records.ts'
import { storeOf } from './store-of.ts'

export interface TimeTravel {
  /** Reads the archive first, and then the broker; without the records of erased people. */
  readonly client: KafkaClient
  /** With the records of erased people that archive or broker still hold. */
  readonly unfiltered: KafkaClient
  readonly archive: Archive
  readonly erased: ErasedPersons
  /** Of the erased people. */
  readonly digests: readonly string[]
  /** Returns the offset before which compaction may have removed records of a partition; 0: nothing is missing. */
  completeFrom(at: TopicPartition): Promise<number>
  /**
   * Returns an offset before every record of the partition that was written at this time (ms) or later, by the clock of
   * its writer.
   */
  offsetBefore(at: TopicPartition, time: number): Promise<number | 'earliest'>
}

export interface TimeTravelOptions {
  readonly config: Config
  readonly client: KafkaClient
  readonly naming: Naming
  readonly registry: Registry
  readonly described: readonly TopicDescription[]
}

/** Opens the archive that is configured, for reading. */
export async function openTimeTravel(options: TimeTravelOptions): Promise<TimeTravel> {
  const { config, client, naming, registry, described } = options
  const archive = await openArchive(storeOf(config))
  const { persons: erased, digests, isDropped } = await readErased(client, naming, registry)
  const ids = new Map(described.map(({ name, topicId }) => [name, topicId]))
  const rangesOf = ({ topic, partition }: TopicPartition) =>
    archive.ranges({ topic, topicId: ids.get(topic) ?? '', partition })

  return {
    client: createArchivedClient({ client, archive, topics: described, isDropped }),
    unfiltered: createArchivedClient({ client, archive, topics: described, isDropped: () => false }),
    archive,
    erased,
    digests,
    async completeFrom(at) {
      for (const range of [...rangesOf(at)].reverse()) {
        const { thinned, passEnd } = await archive.manifest(range)
        if (thinned) return passEnd
      }
      return 0
    },
    async offsetBefore(at, time) {
      let found: number | 'earliest' | undefined
      for (const range of [...rangesOf(at)].reverse()) {
        const { lastAt } = await archive.manifest(range)
        if (lastAt !== null && lastAt < time) return found ?? range.end
        found = range.start
      }
      return found ?? 'earliest'
    },
  }
}
