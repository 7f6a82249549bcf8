import type { Header, TopicPartition } from '../client.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { backOff } from '../cluster/retry.ts'
import { createTopicLimits } from '../cluster/topic-limits.ts'
import { errorOfCode, KafkaError } from '../errors.ts'
import { listOffset } from '../fetcher/offsets.ts'
import { createBufferPool } from '../producer/buffer-pool.ts'
import { produce } from '../producer/produce-request.ts'
import { createTransactionalProducer } from '../producer/transactional-producer.ts'
import { createRecordBatchWriter } from '../records/record-batch-writer.ts'
import { recordBytesMax } from '../records/record-size.ts'
import { writeMarkers } from './write-markers.ts'

/** A record of a backup. The records of one call are of one producer, and their offsets are consecutive. */
export interface RestoredRecord {
  readonly timestampMs: number
  readonly key: Uint8Array | null
  readonly value: Uint8Array | null
  readonly headers: readonly Header[]
}

export interface RestoredPartition {
  /** Offset of the next record. */
  readonly end: number
  /** Appends records at `end`, as their producer wrote them. */
  append(producerId: number, producerEpoch: number, records: readonly RestoredRecord[]): Promise<void>
  /**
   * Leaves the offsets up to this one empty, as markers, aborted and compacted records left them: no reader gets a
   * record there.
   */
  skipTo(offset: number): Promise<void>
  /** Throws unless the partition ends, decided, where it should. */
  finish(): Promise<void>
}

const CHANNEL = 'restore'
const PRODUCE_TIMEOUT_MS = 10_000
const DUPLICATE_SEQUENCE_NUMBER = 45
/** Before compression. A larger record is alone in its batch. */
const BATCH_BYTES_MAX = 900_000
/** Up to this length a gap is filled with markers of transactions without records, of about 80 bytes each. */
const MARKERS_MAX = 1_000
/** Records of one aborted transaction that fills a part of a longer gap. */
const FILLERS_MAX = 200_000
const FILLER_KEY = Buffer.from('-')

export async function createRestoredPartition(
  cluster: Cluster,
  at: TopicPartition,
  filler: bigint,
): Promise<RestoredPartition> {
  const { topic, partition } = at
  const writer = createRecordBatchWriter()
  /** Next sequence number by producer; a new epoch begins at 0. */
  const sequences = new Map<number, { readonly epoch: number; readonly next: number }>()
  let end = await listOffset(cluster, at, 'latest')
  if (end !== 0) throw notEmpty(at)

  async function send(producerId: number, producerEpoch: number): Promise<void> {
    const { count } = writer
    const known = sequences.get(producerId)
    const sequence = producerId < 0 ? -1 : known?.epoch === producerEpoch ? known.next : 0
    sequences.set(producerId, { epoch: producerEpoch, next: sequence + count })
    const bytes = writer.finish(BigInt(producerId), producerEpoch, sequence, false, 'zstd')
    const where = `Produce to ${topic}-${partition}`
    await cluster.callLeader(topic, partition, { channel: CHANNEL, where }, async (connection) => {
      const [result] = await produce(connection, null, PRODUCE_TIMEOUT_MS, [{ topic, partition, bytes }], 1)
      const { errorCode, errorMessage, baseOffset } = result!
      // The answer to the first request was lost.
      if (errorCode === DUPLICATE_SEQUENCE_NUMBER) return
      if (errorCode !== 0) throw errorOfCode(errorCode, where, errorMessage)
      if (baseOffset !== end && baseOffset >= 0) throw anotherWriter(at, end, baseOffset)
    })
    end += count
  }

  async function mark(count: number): Promise<void> {
    const where = `WriteTxnMarkers to ${topic}-${partition}, which needs Alter on the cluster`
    const { nodeId } = await cluster.leaderOf(topic, partition)
    const marker = { topic, partition, nodeId, producerEpoch: 0, coordinatorEpoch: 0 }
    const partitions = Array.from({ length: count }, () => marker)
    await writeMarkers(cluster, { producerId: filler, outcome: 'abort', partitions }, { channel: CHANNEL, where })
    end += count
  }

  return {
    get end() {
      return end
    },
    async append(producerId, producerEpoch, records) {
      for (const { timestampMs, key, value, headers } of records) {
        const isFull = writer.byteLength + recordBytesMax(key, value, headers) > BATCH_BYTES_MAX
        if (isFull && writer.count > 0) await send(producerId, producerEpoch)
        writer.append(timestampMs, key, value, headers)
      }
      if (writer.count > 0) await send(producerId, producerEpoch)
    },
    async skipTo(offset) {
      while (end < offset) {
        const left = offset - end
        if (left <= MARKERS_MAX) await mark(left)
        else {
          const count = Math.min(left, FILLERS_MAX)
          await abortRecords(cluster, at, count)
          end += count
          await untilAt(cluster, at, end)
        }
      }
    },
    finish: () => untilAt(cluster, at, end),
  }
}

/** Fills `count` offsets with the records of an aborted transaction and its marker. */
async function abortRecords(cluster: Cluster, { topic, partition }: TopicPartition, count: number): Promise<void> {
  const id = `${topic}.restore.${partition}`
  const limits = createTopicLimits(cluster)
  const producer = createTransactionalProducer(cluster, limits, createBufferPool(), id, { compression: 'zstd' })
  try {
    await producer.init()
    producer.begin()
    for (let left = count - 1; left > 0; left--) producer.append(topic, partition, Date.now(), FILLER_KEY, null)
    await producer.flush()
    await producer.abort()
  } finally {
    await producer.close()
  }
}

/** Waits for markers under way; throws if the partition ends, or is decided, elsewhere. */
async function untilAt(cluster: Cluster, at: TopicPartition, end: number): Promise<void> {
  const deadline = performance.now() + cluster.requestTimeoutMs
  for (let attempt = 0; ; attempt++) {
    const found = await listOffset(cluster, at, 'latest_stable')
    if (found === end) return
    if (found > end || performance.now() > deadline) throw anotherWriter(at, end, found)
    await backOff(attempt)
  }
}

function notEmpty({ topic, partition }: TopicPartition): KafkaError {
  return new KafkaError(`${topic}-${partition} holds records: restore into empty topics`, 'NOT_EMPTY', 'fatal')
}

function anotherWriter({ topic, partition }: TopicPartition, wanted: number, found: number): KafkaError {
  const message = `${topic}-${partition} is at offset ${found}, not at ${wanted}: something else writes to it. Stop that, delete the topics, and restore again`
  return new KafkaError(message, 'ANOTHER_WRITER', 'fatal')
}
