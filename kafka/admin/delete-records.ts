import { deleteRecordsV2 } from '@platformatic/kafka'
import type { TopicPartition } from '../client.ts'
import type { Cluster } from '../cluster/cluster.ts'

/** How long the leader may wait for its replicas; the answer itself may take a little longer. */
const WORK_TIMEOUT_MS = 8_000

/** Deletes the partition's records before this offset; -1 deletes all of them. */
export async function deleteRecords(
  cluster: Cluster,
  { topic, partition }: TopicPartition,
  beforeOffset: number,
): Promise<void> {
  const wanted = [{ name: topic, partitions: [{ partitionIndex: partition, offset: BigInt(beforeOffset) }] }]
  const call = { channel: 'admin', where: `DeleteRecords of ${topic}-${partition}` }
  await cluster.callLeader(topic, partition, call, (connection) =>
    deleteRecordsV2.api.async(connection, wanted, WORK_TIMEOUT_MS),
  )
}
