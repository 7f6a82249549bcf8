import type { BatchMemory } from './batch-memory.ts'
import type { Compression, Header, TopicPartition } from './client.ts'
import { createRecordBatchWriter } from './record-batch-writer.ts'
import type { ProducedBatch } from './produce-request.ts'
import type { ProducerIdentity } from './producer-identity.ts'

/** A finished batch: its bytes never change, so that sending it twice is recognised by its sequence. */
export interface QueuedBatch extends ProducedBatch {
  readonly queue: PartitionQueue
  /** Its records. */
  readonly count: number
  attempts: number
  /** `performance.now()` of the first attempt. */
  firstAttemptAt: number
  acknowledged: boolean
}

/** One partition's records on their way: first gathered, then in batches that are numbered and kept until acknowledged. */
export interface PartitionQueue extends TopicPartition {
  readonly gatheredCount: number
  /** Numbered batches in order; the first `inFlight` are on their way. */
  readonly waiting: QueuedBatch[]
  inFlight: number
  /** The node that the batches in flight went to. */
  nodeId: number
  /** The broker has a batch of this sequence. A broker that has none takes the first that arrives for its beginning, whatever its number. */
  begun: boolean
  /** A batch in flight failed: the others must come back before any is sent again, else their order is lost. */
  mustSettle: boolean
  /** The offset behind the last record that the broker has; −1: none yet. */
  acknowledgedTo: number
  /** `performance.now()` before which nothing is sent again. */
  pausedUntil: number
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
  /** Closes the batch that is being gathered. Returns whether there was one. */
  seal(identity: ProducerIdentity): boolean
  /** The batch has arrived, and its bytes are on no other way there. */
  recycle(batch: QueuedBatch): void
  /** Drops what failed to arrive in order and keeps the rest for another attempt; called with nothing in flight. */
  settle(): void
  /** Forgets all batches; sequences go on. */
  clear(): void
  /** Sequences begin at 0 again: the producer has a new id or epoch. */
  restart(): void
  /** The same for an epoch that the partition learnt from the last transaction's end, or will see to be newer: it takes no other beginning than 0. */
  renumber(): void
}

/** What a record takes beside key, value and headers, at most: lengths, deltas and attributes. */
const recordOverheadBytesMax = 40
const sequences = 2 ** 31

export function createPartitionQueue(
  { topic, partition }: TopicPartition,
  compression: Compression,
  memory: BatchMemory,
): PartitionQueue {
  const writer = createRecordBatchWriter(memory)
  let nextSequence = 0

  function seal({ producerId, producerEpoch }: ProducerIdentity): boolean {
    const { count } = writer
    if (count === 0) return false
    const bytes = writer.finish(producerId, producerEpoch, nextSequence, true, compression)
    nextSequence = (nextSequence + count) % sequences
    queue.waiting.push({ topic, partition, bytes, queue, count, attempts: 0, firstAttemptAt: 0, acknowledged: false })
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
    nodeId: -1,
    begun: false,
    mustSettle: false,
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
    recycle: ({ bytes }) => writer.recycle(bytes),
    settle() {
      const left = queue.waiting.filter(({ acknowledged }) => !acknowledged)
      queue.waiting.splice(0, queue.waiting.length, ...left)
      queue.mustSettle = false
    },
    clear() {
      // There is no other way to empty a writer than to finish its batch; the numbers that this takes are never used again.
      if (writer.count > 0) writer.finish(-1n, -1, 0, true, 'none')
      queue.waiting.length = 0
      queue.inFlight = 0
      queue.mustSettle = false
      queue.pausedUntil = 0
    },
    restart() {
      nextSequence = 0
      queue.begun = false
    },
    renumber() {
      nextSequence = 0
    },
  }
  return queue
}

function recordBytesMax(key: Uint8Array | null, value: Uint8Array | null, headers: readonly Header[] = []): number {
  let bytes = recordOverheadBytesMax + (key?.byteLength ?? 0) + (value?.byteLength ?? 0)
  for (const header of headers) bytes += 3 * header.key.length + (header.value?.byteLength ?? 0) + 10
  return bytes
}
