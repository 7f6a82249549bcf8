import type { TopicPartition } from '../client.ts'
import type { KafkaError } from '../errors.ts'
import type { ProducedBatch } from './produce-request.ts'

/** A finished batch: its bytes never change, so that sending it twice is recognised by its sequence. */
export interface QueuedBatch extends ProducedBatch {
  readonly queue: SendQueue
  /** Its records. */
  readonly count: number
  attempts: number
  /** `performance.now()` of the first attempt. */
  firstAttemptAt: number
  acknowledged: boolean
  /** The answer to an attempt was lost, or left open whether the batch was appended. */
  doubtful: boolean
}

/** A finished batch that was never sent. */
export function waitingBatch(queue: SendQueue, bytes: Buffer, count: number, firstAttemptAt = 0): QueuedBatch {
  const { topic, partition } = queue
  return { topic, partition, bytes, queue, count, attempts: 0, firstAttemptAt, acknowledged: false, doubtful: false }
}

/** Sequences are 32 bits wide without a sign, and go on at 0. */
export function sequenceAfter(sequence: number, count: number): number {
  return (sequence + count) % 2 ** 31
}

/** One partition's batches on their way to its leader, as the sender sees them. */
export interface SendQueue extends TopicPartition {
  /** Numbered batches in order; the first `inFlight` are on their way. */
  readonly waiting: QueuedBatch[]
  inFlight: number
  /** How many may be on their way at once. */
  readonly inFlightMax: number
  /** The node that the batches in flight went to. */
  nodeId: number
  /**
   * The broker has a batch of this sequence. A broker that has none accepts the first one to arrive as the start,
   * whatever its number.
   */
  begun: boolean
  /** A batch in flight failed: the others must come back before any is sent again, else their order is lost. */
  mustSettle: boolean
  /** `performance.now()` before which nothing is sent again. */
  pausedUntil: number
  /** Closes the next batch, in queues that do so as late as possible. */
  fill?(): void
  /** All in-sync replicas have the batch; `baseOffset` is −1 where the broker didn't say. */
  onAcknowledged(batch: QueuedBatch, baseOffset: number): void
  /** The batch is delivered, and no copy of it is in flight. */
  recycle(batch: QueuedBatch): void
  /** Drops what failed to arrive in order and keeps the rest for another attempt; called with nothing in flight. */
  settle(): void
  /**
   * Removes a batch that no retry can deliver, in queues that can continue without it. Returns whether the queue
   * continues as it is; `false`: it must be prepared first. Without this method, the sender fails with the error.
   */
  setAside?(batch: QueuedBatch, error: KafkaError): boolean
  /** The same for all that it holds. */
  setAsideAll?(error: KafkaError): void
}
