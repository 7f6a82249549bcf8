import type { BufferPool } from './buffer-pool.ts'
import { createBatchNumbers } from './batch-numbers.ts'
import type { Header, TopicPartition } from '../client.ts'
import { withUnknownOutcome } from '../errors.ts'
import type { KafkaError } from '../errors.ts'
import type { ProducerIdentity } from './producer-identity.ts'
import { createRecordBatchWriter } from '../records/record-batch-writer.ts'
import type { FinishingWriter } from '../records/record-batch-writer.ts'
import { recordBytesMax } from '../records/record-size.ts'
import { backoffMs } from '../cluster/retry.ts'
import { waitingBatch } from './send-queue.ts'
import type { QueuedBatch, SendQueue } from './send-queue.ts'

/** A pending record with the callbacks for its outcome. */
export interface PlainEntry {
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly timestampMs: number
  readonly headers: readonly Header[] | undefined
  /** `performance.now()` at the call of `send`. */
  readonly since: number
  acknowledge(offset: number): void
  fail(error: KafkaError): void
}

/**
 * Records of one partition, without transactions. One batch is in flight at a time while the next one gathers. That
 * keeps the order, and an unknown outcome concerns only one batch. Each partition has an epoch of its own, since
 * brokers track producers by partition: a failure in one does not affect the others.
 */
export interface PlainQueue extends SendQueue {
  /** Numbers its batches from sequence 0 on under this identity. */
  identify(identity: ProducerIdentity): void
  add(entry: PlainEntry): void
  readonly isEmpty: boolean
}

export interface PlainQueueOptions {
  readonly memory: BufferPool
  readonly deliveryTimeoutMs: number
  readonly batchBytesMax: () => number
  /** Called when the broker rejected a batch as too large although it met the known limit. */
  readonly onTooLarge: () => void
}

/** The broker has lost the records before this batch, so it rejected the batch: start a new sequence. */
const SEQUENCE_GAP_ERRORS = new Set(['OUT_OF_ORDER_SEQUENCE_NUMBER', 'UNKNOWN_PRODUCER_ID'])
/** A record of the batch is invalid: it is halved repeatedly until that record is alone. */
const BAD_RECORD_ERRORS = new Set(['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE', 'INVALID_RECORD', 'INVALID_TIMESTAMP'])

export function createPlainQueue({ topic, partition }: TopicPartition, options: PlainQueueOptions): PlainQueue {
  const writer = createRecordBatchWriter(options.memory)
  const numbers = createBatchNumbers()
  let entries: PlainEntry[] = []
  /** The records of the batch in flight. */
  let sent: PlainEntry[] = []
  let countMax = Infinity
  let restarts = 0

  const queue: PlainQueue = {
    topic,
    partition,
    waiting: [],
    inFlight: 0,
    inFlightMax: 1,
    nodeId: -1,
    sequenceStarted: false,
    mustDrain: false,
    pausedUntil: 0,
    get isEmpty() {
      return entries.length === 0 && sent.length === 0
    },
    identify: numbers.begin,
    add: (entry) => void entries.push(entry),
    fill() {
      const { identity } = numbers
      if (queue.waiting.length > 0 || entries.length === 0 || identity === undefined) return
      const count = fillBatch(writer, entries, countMax, options.batchBytesMax())
      sent = entries.splice(0, count)
      const bytes = writer.finish(identity.producerId, identity.producerEpoch, numbers.take(count), false, 'none')
      queue.waiting.push(waitingBatch(queue, bytes, count, sent[0]!.since))
    },
    onAcknowledged(_batch, baseOffset) {
      const arrived = sent
      sent = []
      countMax *= 2
      restarts = 0
      for (const [index, entry] of arrived.entries()) entry.acknowledge(baseOffset < 0 ? -1 : baseOffset + index)
    },
    recycle: ({ bytes }) => writer.recycle(bytes),
    acknowledge: () => void (queue.mustDrain = false),
    failBatch(batch, error) {
      if (error.code === 'MESSAGE_TOO_LARGE') options.onTooLarge()
      numbers.nextEpoch(error)
      restarts++
      restart(queue)
      const held = sent
      sent = []
      const isLate = performance.now() - held[0]!.since > options.deliveryTimeoutMs
      if (isLate || !canResend(batch, error)) {
        for (const entry of held) entry.fail(batch.maybeAppended ? withUnknownOutcome(error) : error)
      } else {
        if (SEQUENCE_GAP_ERRORS.has(error.code)) queue.pausedUntil = performance.now() + backoffMs(restarts)
        else countMax = Math.ceil(batch.count / 2)
        entries = held.concat(entries)
      }
      return numbers.identity !== undefined
    },
    failAll(error) {
      const [maybeAppended, held] = [sent, entries]
      sent = []
      entries = []
      queue.waiting.length = 0
      for (const entry of maybeAppended) entry.fail(withUnknownOutcome(error))
      for (const entry of held) entry.fail(error)
    },
  }
  return queue
}

/** Appends as many of the records as fit into a batch, at least one; returns their number. */
function fillBatch(
  writer: FinishingWriter,
  entries: readonly PlainEntry[],
  countMax: number,
  bytesMax: number,
): number {
  let count = 0
  for (const { timestampMs, key, value, headers } of entries) {
    const full = count === countMax || writer.byteLength + recordBytesMax(key, value, headers) > bytesMax
    if (count > 0 && full) break
    writer.append(timestampMs, key, value, headers)
    count++
  }
  return count
}

/** Resets the queue, with nothing in flight; numbered batches are dropped. */
function restart(queue: PlainQueue): void {
  queue.waiting.length = 0
  queue.mustDrain = false
  queue.pausedUntil = 0
}

/** Returns whether the broker may accept the records of a failed batch in other batches. */
function canResend(batch: QueuedBatch, { code }: KafkaError): boolean {
  return SEQUENCE_GAP_ERRORS.has(code) || (batch.count > 1 && !batch.maybeAppended && BAD_RECORD_ERRORS.has(code))
}
