import { listOffsetsV9, offsetFetchV9 } from '@platformatic/kafka'
import type { OffsetCommit, TopicPartition } from '../client.ts'
import type { Cluster } from '../cluster/cluster.ts'

export type OffsetKind = 'earliest' | 'latest' | 'latest_stable'

const CHANNEL = 'offsets'
const READ_COMMITTED = 1

/**
 * Committed offsets. `stable` (KIP-447): while a transaction over them is still being ended, the broker says so and is asked again, so that
 * what was just committed is never missed. Else those that are committed now.
 */
export async function fetchCommittedOffsets(
  cluster: Cluster,
  groupId: string,
  partitions: readonly TopicPartition[],
  { stable = true }: { readonly stable?: boolean } = {},
): Promise<OffsetCommit[]> {
  if (partitions.length === 0) return []
  const topics = [...Map.groupBy(partitions, ({ topic }) => topic)].map(([name, list]) => ({
    name,
    partitionIndexes: list.map(({ partition }) => partition),
  }))
  const call = { channel: CHANNEL, where: `OffsetFetch of ${groupId}` }
  const answer = await cluster.callCoordinator('group', groupId, call, (connection) =>
    offsetFetchV9.api.async(connection, [{ groupId, memberId: null, memberEpoch: -1, topics }], stable),
  )
  const found = answer.groups.flatMap((group) => group.topics)
  return found.flatMap(({ name, partitions: list }) =>
    list
      .filter(({ committedOffset }) => committedOffset >= 0n)
      .map(({ partitionIndex, committedOffset }) => ({
        topic: name,
        partition: partitionIndex,
        offset: Number(committedOffset),
      })),
  )
}

/** The offset of the first record kept, of the next one to be written, or of the first that is not yet stable. */
export async function listOffset(cluster: Cluster, { topic, partition }: TopicPartition, which: OffsetKind): Promise<number> {
  const timestamp = which === 'earliest' ? -2n : -1n
  const isolation = which === 'latest_stable' ? READ_COMMITTED : 0
  const call = { channel: CHANNEL, where: `ListOffsets of ${topic}-${partition}` }
  const answer = await cluster.callLeader(topic, partition, call, (connection, { leaders }) => {
    const { leaderEpoch: currentLeaderEpoch } = leaders[partition]!
    return listOffsetsV9.api.async(connection, -1, isolation, [
      { name: topic, partitions: [{ partitionIndex: partition, currentLeaderEpoch, timestamp }] },
    ])
  })
  return Number(answer.topics[0]!.partitions[0]!.offset)
}
