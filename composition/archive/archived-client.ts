import type { KafkaClient, TopicDescription, TopicPartition } from '../../kafka/client.ts'
import type { KeptRecord } from '../backup/record-run.ts'
import type { Archive, ArchivedRange } from './archive.ts'
import { createArchivedFetcher } from './archived-fetcher.ts'

export interface ArchivedClientOptions {
  readonly client: KafkaClient
  readonly archive: Archive
  /** The topics that are read from the archive too, in their present incarnation. */
  readonly topics: readonly TopicDescription[]
  /** Whether a record is left out: those of erased people. */
  readonly isDropped: (at: TopicPartition, record: KeptRecord) => boolean
}

/**
 * Returns a client that reads topics as if retention and compaction had deleted nothing since the archive began: from
 * the archive as far as that reaches, and then from the broker. Everything else is done by `client`.
 */
export function createArchivedClient({ client, archive, topics, isDropped }: ArchivedClientOptions): KafkaClient {
  const ids = new Map(topics.map(({ name, topicId }) => [name, topicId]))
  const rangesOf = ({ topic, partition }: TopicPartition): readonly ArchivedRange[] => {
    const topicId = ids.get(topic)
    return topicId === undefined ? [] : archive.ranges({ topic, topicId, partition })
  }
  return {
    ...client,
    fetcher: (options) => createArchivedFetcher({ broker: client.fetcher(options), archive, rangesOf, isDropped }),
    listOffset: (at, which) => {
      const start = which === 'earliest' ? rangesOf(at)[0]?.start : undefined
      return start === undefined ? client.listOffset(at, which) : Promise.resolve(start)
    },
  }
}
