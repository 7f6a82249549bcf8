import type { BufferRoom } from './buffer-room.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { deadlineIn, retry } from '../cluster/retry.ts'
import { ClientClosedError } from '../errors.ts'
import type { PendingSend } from './pending-send.ts'
import { queueOf } from './plain-producer-state.ts'
import type { PlainProducerState } from './plain-producer-state.ts'
import type { PlainEntry } from './plain-queue.ts'
import { readyRecord } from './ready-record.ts'
import type { PlainRecord, ReadyRecord } from './ready-record.ts'
import { checkSizes } from './check-sizes.ts'

/**
 * Passes the records of one send to the queues of their partitions as room allows. Rejects, without passing any on, if
 * one of them is invalid or too large.
 */
export async function acceptRecords(
  producer: PlainProducerState,
  topic: string,
  records: readonly PlainRecord[],
  pending: PendingSend,
): Promise<void> {
  const { cluster, limits, room, sender } = producer
  const partitionCount = await partitionCountOf(cluster, topic)
  const ready = records.map((record) => readyRecord(topic, record, partitionCount))
  await checkSizes(limits, topic, ready)
  for (const [index, record] of ready.entries()) {
    if (room.isFullFor(record.bytes)) await room.waitFor(record.bytes)
    const entry = entryOf(record, index, pending, room)
    room.add(record.bytes)
    if (producer.closed) entry.fail(new ClientClosedError(`Sending to ${topic}`))
    else {
      const queue = queueOf(producer, topic, record.partition)
      queue.add(entry)
      sender.enqueue(queue)
    }
  }
}

async function partitionCountOf(cluster: Cluster, topic: string): Promise<number> {
  // A starting broker may not know all topics yet, so an unknown topic is retried first.
  const { leaders } = await retry(() => cluster.topic(topic), { deadline: deadlineIn(cluster.requestTimeoutMs) })
  return leaders.length
}

function entryOf(record: ReadyRecord, index: number, pending: PendingSend, room: BufferRoom): PlainEntry {
  return {
    ...record,
    since: pending.since,
    acknowledge(offset) {
      room.release(record.bytes)
      pending.acknowledge(index, { partition: record.partition, offset })
    },
    fail(error) {
      room.release(record.bytes)
      pending.fail(error)
    },
  }
}
