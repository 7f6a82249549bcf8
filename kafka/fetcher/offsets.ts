import { listOffsetsV9, offsetFetchV9 } from '@platformatic/kafka'
import type { OffsetCommit, TopicPartition } from '../client.ts'
import type { Cluster } from '../cluster/cluster.ts'

export type OffsetKind = 'earliest' | 'latest' | 'latest_stable'

const CHANNEL = 'offsets'
const READ_COMMITTED = 1

/**
 * Returns the committed offsets of a group. With `stable` (KIP-447), the broker answers only once no transaction over
 * them is being ended, and is asked again until then, so that a commit just made is never missed. Without it, returns
 * the offsets committed now.
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

/** Returns the offset of the first record kept, of the next record to be written, or the last stable offset. */
export async function listOffset(
  cluster: Cluster,
  { topic, partition }: TopicPartition,
  which: OffsetKind,
): Promise<number> {
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
