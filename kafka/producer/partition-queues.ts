import type { TopicPartition } from '../client.ts'
import { createPartitionQueue } from './partition-queue.ts'
import type { PartitionQueue, PartitionQueueOptions } from './partition-queue.ts'

/** The partition queues of one producer, each created at the first write to its partition. */
export interface PartitionQueues {
  of(topic: string, partition: number): PartitionQueue
  find(partition: TopicPartition): PartitionQueue | undefined
  forEach(work: (queue: PartitionQueue) => void): void
}

export function createPartitionQueues(options: PartitionQueueOptions): PartitionQueues {
  const queues = new Map<string, Map<number, PartitionQueue>>()
  let latest: PartitionQueue | undefined

  function find(topic: string, partition: number): PartitionQueue {
    let partitions = queues.get(topic)
    if (!partitions) queues.set(topic, (partitions = new Map()))
    let queue = partitions.get(partition)
    if (!queue) partitions.set(partition, (queue = createPartitionQueue({ topic, partition }, options)))
    return queue
  }

  return {
    of(topic, partition) {
      // Consecutive records usually go to the same partition.
      if (latest === undefined || latest.topic !== topic || latest.partition !== partition)
        latest = find(topic, partition)
      return latest
    },
    find: ({ topic, partition }) => queues.get(topic)?.get(partition),
    forEach(work) {
      for (const partitions of queues.values()) for (const queue of partitions.values()) work(queue)
    },
  }
}
