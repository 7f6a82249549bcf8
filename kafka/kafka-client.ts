import { createBufferPool } from './producer/buffer-pool.ts'
import type { ClientOptions, Fetcher, Group, KafkaClient, TopicDescription, TransactionalProducer } from './client.ts'
import { createCluster } from './cluster/cluster.ts'
import { createFetcher } from './fetcher/fetcher.ts'
import { createSharedWait } from './fetcher/shared-wait.ts'
import { startMember } from './group/group.ts'
import { fetchCommittedOffsets, listOffset } from './fetcher/offsets.ts'
import { createTopicLimits } from './cluster/topic-limits.ts'
import { requireWritable } from './cluster/topic-rights.ts'
import { createTransactionalProducer } from './producer/transactional-producer.ts'

/** Creates the process's one client. Whatever it creates shares its connections and metadata, and is closed with it. */
export function createKafkaClient(options: ClientOptions): KafkaClient {
  const cluster = createCluster(options)
  const limits = createTopicLimits(cluster)
  const memory = createBufferPool()
  const groups = new Set<Group>()
  const producers = new Set<TransactionalProducer>()
  const fetchers = new Set<Fetcher>()
  const waits = { read_committed: createSharedWait(cluster, true), read_uncommitted: createSharedWait(cluster, false) }

  return {
    fetcher(fetcherOptions = {}) {
      const wait = waits[fetcherOptions.isolation ?? 'read_committed']
      const fetcher = createFetcher(cluster, fetcherOptions, wait)
      fetcher.close = keep(fetchers, fetcher, fetcher.close)
      return fetcher
    },
    transactionalProducer(transactionalId, producerOptions) {
      const producer = createTransactionalProducer(cluster, limits, memory, transactionalId, producerOptions)
      producer.close = keep(producers, producer, producer.close)
      return producer
    },
    async joinGroup(groupOptions) {
      const { group, assigned } = startMember(cluster, groupOptions)
      // Tracked from the start, so that closing the client also ends a join that still waits for other members.
      group.leave = keep(groups, group, group.leave)
      await assigned.catch((error: unknown) => {
        groups.delete(group)
        throw error
      })
      return group
    },
    async describeTopics(names): Promise<TopicDescription[]> {
      const topics = await cluster.refresh(names)
      return topics.map(({ name, topicId, leaders }) => ({ name, topicId, partitionCount: leaders.length }))
    },
    requireWritable: (topic) => requireWritable(cluster, topic),
    committedOffsets: (groupId, partitions) => fetchCommittedOffsets(cluster, groupId, partitions),
    listOffset: (partition, which) => listOffset(cluster, partition, which),
    async close() {
      // Members first: their revocation callbacks still need the producers.
      await Promise.all([...groups].map((group) => group.leave()))
      await Promise.all([...producers].map((producer) => producer.close()))
      await Promise.all([...fetchers].map((fetcher) => fetcher.close()))
      await cluster.close()
    },
  }
}

/** Tracks the item until it is closed, so that the client can close the remaining ones. */
function keep<T>(items: Set<T>, item: T, close: () => Promise<void>): () => Promise<void> {
  items.add(item)
  return async () => {
    items.delete(item)
    await close()
  }
}
