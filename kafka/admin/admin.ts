import { describeClusterV1 } from '@platformatic/kafka'
import type { ClientOptions } from '../client.ts'
import { createCluster } from '../cluster/cluster.ts'
import { ownTopicConfigs } from './config-requests.ts'
import { deleteRecords } from './delete-records.ts'
import { ensureTopics } from './ensure-topics.ts'
import type { EnsuredTopics, TopicSpecification } from './ensure-topics.ts'
import { groupLag } from './group-lag.ts'
import type { PartitionLag } from './group-lag.ts'
import { finalizedTransactionVersion } from '../producer/transaction-version.ts'
import { deleteTopics, listTopics } from './topic-requests.ts'

/** Administrative operations. Connects on first use. */
export interface Admin {
  /**
   * Creates missing topics and updates settings. Rejects if a topic exists with another partition count, since its keys
   * would map to other partitions.
   */
  ensureTopics(topics: readonly TopicSpecification[]): Promise<EnsuredTopics>
  /** Deletes the topics; missing ones are ignored. */
  deleteTopics(names: readonly string[]): Promise<void>
  listTopics(): Promise<readonly string[]>
  /** Returns the settings that each topic has of its own, by Kafka's names. */
  ownSettings(names: readonly string[]): Promise<ReadonlyMap<string, ReadonlyMap<string, string | null>>>
  /** Returns the id of the cluster, and whether each transaction has a producer epoch of its own (KIP-890). */
  clusterFacts(): Promise<{ readonly id: string; readonly distinguishesTransactions: boolean }>
  groupLag(groupId: string, topics: readonly string[]): Promise<readonly PartitionLag[]>
  /**
   * Deletes all current records of the topic. Compacted topics reject this unless their cleanup policy includes
   * `delete`.
   */
  purge(topic: string): Promise<void>
  /** Deletes the partition's records before this offset. */
  deleteRecords(topic: string, partition: number, beforeOffset: number): Promise<void>
  close(): Promise<void>
}

const ALL_RECORDS = -1
const OF_BROKERS = 1

export function createAdmin(options: ClientOptions): Admin {
  const cluster = createCluster(options)

  return {
    ensureTopics: (topics) => ensureTopics(cluster, topics),
    deleteTopics: (names) => deleteTopics(cluster, names),
    listTopics: () => listTopics(cluster),
    ownSettings: (names) => ownTopicConfigs(cluster, names),
    async clusterFacts() {
      const [{ clusterId }, version] = await Promise.all([
        cluster.callAny({ where: 'DescribeCluster' }, (connection) =>
          describeClusterV1.api.async(connection, false, OF_BROKERS),
        ),
        cluster.callAny({ where: 'ApiVersions' }, finalizedTransactionVersion),
      ])
      return { id: clusterId, distinguishesTransactions: version === 2 }
    },
    groupLag: (groupId, topics) => groupLag(cluster, groupId, topics),
    async purge(topic) {
      const { leaders } = await cluster.topic(topic)
      await Promise.all(leaders.map((_, partition) => deleteRecords(cluster, { topic, partition }, ALL_RECORDS)))
    },
    deleteRecords: (topic, partition, beforeOffset) => deleteRecords(cluster, { topic, partition }, beforeOffset),
    close: () => cluster.close(),
  }
}
