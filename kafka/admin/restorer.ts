import { describeClusterV1, initProducerIdV5, offsetCommitV8 } from '@platformatic/kafka'
import type { Connection } from '@platformatic/kafka'
import type { ClientOptions, OffsetCommit, TopicPartition } from '../client.ts'
import { createCluster, type Cluster } from '../cluster/cluster.ts'
import { deadlineIn, retry } from '../cluster/retry.ts'
import { createRestoredPartition, type RestoredPartition } from './restored-partition.ts'

/** Writes the records of a backup to empty topics so that each has its former offset, timestamp and producer. */
export interface Restorer {
  /**
   * Makes every broker hand out only producer ids above this one, so that no new producer is taken for one whose records
   * are restored. Costs one short request for each id that is left out.
   */
  leaveOutProducerIds(upTo: number): Promise<void>
  /** Begins an empty partition. Nobody else may write to it. */
  partition(at: TopicPartition): Promise<RestoredPartition>
  /** Sets the offsets of a group without members. */
  commitOffsets(groupId: string, offsets: readonly OffsetCommit[]): Promise<void>
  close(): Promise<void>
}

const CHANNEL = 'restore'
/** The request requires a time-out, although there is no transaction. */
const NO_TRANSACTION_TIMEOUT_MS = 0x7fffffff
/** Ids asked for at the same time. */
const IDS_PER_TURN = 64
const NO_GENERATION = -1
const OF_BROKERS = 1

export function createRestorer(options: ClientOptions): Restorer {
  const cluster = createCluster(options)
  /** Producer of the markers that fill gaps; it writes no record. */
  let filler: Promise<bigint> | undefined

  return {
    async leaveOutProducerIds(upTo) {
      const nodes = await nodesOf(cluster)
      await Promise.all(nodes.map((nodeId) => leaveOut(cluster, nodeId, upTo)))
    },
    async partition(at) {
      filler ??= cluster
        .callAny({ where: 'InitProducerId for restoring' }, requestProducerId)
        .then(({ producerId }) => producerId)
      return createRestoredPartition(cluster, at, await filler)
    },
    async commitOffsets(groupId, offsets) {
      const topics = [...Map.groupBy(offsets, ({ topic }) => topic)].map(([name, list]) => ({
        name,
        partitions: list.map(({ partition, offset }) => ({
          partitionIndex: partition,
          committedOffset: BigInt(offset),
          committedLeaderEpoch: -1,
          committedMetadata: null,
        })),
      }))
      const call = { channel: CHANNEL, where: `OffsetCommit of ${groupId}` }
      await cluster.callCoordinator('group', groupId, call, (connection) =>
        offsetCommitV8.api.async(connection, groupId, NO_GENERATION, '', null, topics),
      )
    },
    close: () => cluster.close(),
  }
}

const requestProducerId = (connection: Connection) =>
  initProducerIdV5.api.async(connection, null, NO_TRANSACTION_TIMEOUT_MS)

async function leaveOut(cluster: Cluster, nodeId: number, upTo: number): Promise<void> {
  const call = { channel: CHANNEL, where: `InitProducerId at broker ${nodeId}` }
  for (let newest = -1n; newest < BigInt(upTo);) {
    const answers = await Promise.all(
      Array.from({ length: IDS_PER_TURN }, () =>
        // A broker that fetches its next block of ids asks to wait.
        retry(() => cluster.call(nodeId, call, requestProducerId), { deadline: deadlineIn(cluster.requestTimeoutMs) }),
      ),
    )
    newest = answers.reduce((most, { producerId }) => (producerId > most ? producerId : most), newest)
  }
}

async function nodesOf(cluster: Cluster): Promise<readonly number[]> {
  const { brokers } = await cluster.callAny({ where: 'DescribeCluster' }, (connection) =>
    describeClusterV1.api.async(connection, false, OF_BROKERS),
  )
  return brokers.map(({ brokerId }) => brokerId)
}
