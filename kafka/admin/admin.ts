import type { ClientOptions } from '../client.ts'
import { createCluster } from '../cluster/cluster.ts'
import { deleteRecords } from './delete-records.ts'
import { ensureTopics } from './ensure-topics.ts'
import type { EnsuredTopics, TopicSpecification } from './ensure-topics.ts'
import { groupLag } from './group-lag.ts'
import type { PartitionLag } from './group-lag.ts'
import { deleteTopics, listTopics } from './topic-requests.ts'

/** Connects when first used. */
export interface Admin {
  /**
   * Creates what is missing, adapts settings, and rejects where a topic has another partition count: keys would move.
   */
  ensureTopics(topics: readonly TopicSpecification[]): Promise<EnsuredTopics>
  /** Topics that are not there are no error. */
  deleteTopics(names: readonly string[]): Promise<void>
  listTopics(): Promise<readonly string[]>
  groupLag(groupId: string, topics: readonly string[]): Promise<readonly PartitionLag[]>
  /**
   * Deletes every record of the topic that is there now. Compacted topics refuse it unless their policy has `delete`
   * too.
   */
  purge(topic: string): Promise<void>
  /** Deletes a partition's records before that offset. */
  deleteRecords(topic: string, partition: number, beforeOffset: number): Promise<void>
  close(): Promise<void>
}

const ALL_RECORDS = -1

export function createAdmin(options: ClientOptions): Admin {
  const cluster = createCluster(options)

  return {
    ensureTopics: (topics) => ensureTopics(cluster, topics),
    deleteTopics: (names) => deleteTopics(cluster, names),
    listTopics: () => listTopics(cluster),
    groupLag: (groupId, topics) => groupLag(cluster, groupId, topics),
    async purge(topic) {
      const { leaders } = await cluster.topic(topic)
      await Promise.all(leaders.map((_, partition) => deleteRecords(cluster, { topic, partition }, ALL_RECORDS)))
    },
    deleteRecords: (topic, partition, beforeOffset) => deleteRecords(cluster, { topic, partition }, beforeOffset),
    close: () => cluster.close(),
  }
}
