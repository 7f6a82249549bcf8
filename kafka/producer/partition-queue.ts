import type { BufferPool } from './buffer-pool.ts'
import type { Compression, Header, TopicPartition } from '../client.ts'
import { createRecordBatchWriter } from '../records/record-batch-writer.ts'
import { recordBytesMax, recordOverheadBytesMax } from '../records/record-size.ts'
import type { ProducerIdentity } from './producer-identity.ts'
import { sequenceAfter, waitingBatch } from './send-queue.ts'
import type { SendQueue } from './send-queue.ts'

/**
 * Unacknowledged records of one partition: gathered first, then in numbered batches that are kept until acknowledged.
 */
export interface PartitionQueue extends SendQueue {
  readonly gatheredCount: number
  /** Offset after the last record acknowledged by the broker; -1 before the first. */
  acknowledgedTo: number
  append(
    batchBytesMax: number,
    identity: ProducerIdentity,
    timestampMs: number,
    key: Uint8Array | null,
    value: Uint8Array | null,
    headers?: readonly Header[],
  ): boolean
  appendFrom(
    batchBytesMax: number,
    identity: ProducerIdentity,
    timestampMs: number,
    bytes: Buffer,
    start: number,
    keyEnd: number,
    valueEnd: number,
  ): boolean
  /** Closes the batch being gathered. Returns whether there was one. */
  seal(identity: ProducerIdentity): boolean
  /** Drops all batches without resetting the sequence numbers. */
  clear(): void
  /** Resets the sequence numbers to 0 for a new producer id or epoch. */
  restart(): void
  /**
   * Resets the sequence numbers for the epoch returned by EndTxn. The partition has learnt that epoch from the markers,
   * or will see it as newer; either way it accepts only 0 as the start.
   */
  renumber(): void
}

export interface PartitionQueueOptions {
  readonly compression: Compression
  readonly memory: BufferPool
  /** Called with the base offset and record count of a batch. */
  readonly onAcknowledged?: ((partition: TopicPartition, baseOffset: number, count: number) => void) | undefined
}

export function createPartitionQueue(
  { topic, partition }: TopicPartition,
  options: PartitionQueueOptions,
): PartitionQueue {
  const writer = createRecordBatchWriter(options.memory)
  let nextSequence = 0

  function seal({ producerId, producerEpoch }: ProducerIdentity): boolean {
    const { count } = writer
    if (count === 0) return false
    const bytes = writer.finish(producerId, producerEpoch, nextSequence, true, options.compression)
    nextSequence = sequenceAfter(nextSequence, count)
    queue.waiting.push(waitingBatch(queue, bytes, count))
    return true
  }

  const queue: PartitionQueue = {
    topic,
    partition,
    get gatheredCount() {
      return writer.count
    },
    waiting: [],
    inFlight: 0,
    inFlightMax: Infinity,
    nodeId: -1,
    sequenceStarted: false,
    mustDrain: false,
    pausedUntil: 0,
    acknowledgedTo: -1,
    append(batchBytesMax, identity, timestampMs, key, value, headers) {
      const recordBytes = recordBytesMax(key, value, headers)
      const cut = writer.count > 0 && writer.byteLength + recordBytes > batchBytesMax && seal(identity)
      writer.append(timestampMs, key, value, headers)
      return cut
    },
    appendFrom(batchBytesMax, identity, timestampMs, bytes, start, keyEnd, valueEnd) {
      const recordBytes = recordOverheadBytesMax + Math.max(keyEnd, valueEnd) - start
      const cut = writer.count > 0 && writer.byteLength + recordBytes > batchBytesMax && seal(identity)
      writer.appendFrom(timestampMs, bytes, start, keyEnd, valueEnd)
      return cut
    },
    seal,
    onAcknowledged(batch, baseOffset) {
      if (baseOffset < 0) return
      queue.acknowledgedTo = Math.max(queue.acknowledgedTo, baseOffset + batch.count)
      options.onAcknowledged?.({ topic, partition }, baseOffset, batch.count)
    },
    recycle: ({ bytes }) => writer.recycle(bytes),
    acknowledge() {
      const left = queue.waiting.filter(({ acknowledged }) => !acknowledged)
      queue.waiting.splice(0, queue.waiting.length, ...left)
      queue.mustDrain = false
    },
    clear() {
      // Finishing a batch is the only way to empty a writer. This one takes no sequence numbers.
      if (writer.count > 0) writer.finish(-1n, -1, 0, true, 'none')
      queue.waiting.length = 0
      queue.inFlight = 0
      queue.mustDrain = false
      queue.pausedUntil = 0
    },
    restart() {
      nextSequence = 0
      queue.sequenceStarted = false
    },
    renumber() {
      nextSequence = 0
    },
  }
  return queue
}
