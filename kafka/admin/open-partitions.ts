import { describeProducersV0 } from '@platformatic/kafka'
import type { TopicPartition } from '../client.ts'
import type { Cluster } from '../cluster/cluster.ts'
import type { CallOptions } from '../cluster/node-calls.ts'

export interface OpenPartitionsQuery {
  readonly producerId: bigint
  readonly transactionalId: string
  /** The topics to search. */
  readonly topics: readonly string[]
  readonly call: Omit<CallOptions, 'where'>
}

/** A partition in which a producer has an open transaction, and what its leader knows of that producer. */
export interface OpenPartition extends TopicPartition {
  /** The partition's leader. */
  readonly nodeId: number
  readonly producerEpoch: number
  /** Epoch of the coordinator that wrote the producer's last marker there; -1 if there is none. */
  readonly coordinatorEpoch: number
}

/** Returns the partitions in which, according to their leaders, the producer has an open transaction. */
export async function findOpenPartitions(cluster: Cluster, query: OpenPartitionsQuery): Promise<OpenPartition[]> {
  const topics = await cluster.refresh(query.topics)
  const partitions = topics.flatMap(({ name, leaders }) =>
    leaders.map(({ nodeId }, partition) => ({ topic: name, partition, nodeId })),
  )
  const byNode = [...Map.groupBy(partitions, ({ nodeId }) => nodeId)].filter(([nodeId]) => nodeId >= 0)
  const found = await Promise.all(byNode.map(([nodeId, list]) => findAt(cluster, nodeId, list, query)))
  return found.flat()
}

async function findAt(
  cluster: Cluster,
  nodeId: number,
  partitions: readonly TopicPartition[],
  { producerId, transactionalId, call }: OpenPartitionsQuery,
): Promise<OpenPartition[]> {
  const topics = [...Map.groupBy(partitions, ({ topic }) => topic)].map(([name, list]) => ({
    name,
    partitionIndexes: list.map(({ partition }) => partition),
  }))
  const where = `DescribeProducers at broker ${nodeId} for ${transactionalId}`
  const answer = await cluster.call(nodeId, { ...call, where }, (connection) =>
    describeProducersV0.api.async(connection, topics),
  )
  return answer.topics.flatMap(({ name, partitions: list }) =>
    list.flatMap(({ partitionIndex: partition, activeProducers }) =>
      activeProducers
        .filter((one) => one.producerId === producerId && one.currentTxnStartOffset >= 0n)
        .map(({ producerEpoch, coordinatorEpoch }) => ({
          topic: name,
          partition,
          nodeId,
          producerEpoch,
          coordinatorEpoch,
        })),
    ),
  )
}
