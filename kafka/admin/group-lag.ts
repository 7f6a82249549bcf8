import type { Cluster } from '../cluster/cluster.ts'
import { fetchCommittedOffsets, listOffset } from '../fetcher/offsets.ts'

export interface PartitionLag {
  readonly topic: string
  readonly partition: number
  /** `undefined` if the group has never committed an offset for this partition. */
  readonly committedOffset: number | undefined
  readonly endOffset: number
  /**
   * Records (including control records) still to be read, counted from the earliest offset if nothing was committed.
   */
  readonly lag: number
}

export async function groupLag(cluster: Cluster, groupId: string, topics: readonly string[]): Promise<PartitionLag[]> {
  return (await Promise.all(topics.map((topic) => topicLag(cluster, groupId, topic)))).flat()
}

async function topicLag(cluster: Cluster, groupId: string, topic: string): Promise<PartitionLag[]> {
  const { leaders } = await cluster.topic(topic)
  const partitions = leaders.map((_, partition) => ({ topic, partition }))
  const committed = await fetchCommittedOffsets(cluster, groupId, partitions, { stable: false })
  return Promise.all(
    partitions.map(async ({ partition }) => {
      const committedOffset = committed.find((each) => each.partition === partition)?.offset
      const endOffset = await listOffset(cluster, { topic, partition }, 'latest')
      const from = committedOffset ?? (await listOffset(cluster, { topic, partition }, 'earliest'))
      return { topic, partition, committedOffset, endOffset, lag: Math.max(0, endOffset - from) }
    }),
  )
}
