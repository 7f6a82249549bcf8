import type { TopicPartition } from '../client.ts'
import type { KafkaError } from '../errors.ts'
import type { ProducedBatch } from './produce-request.ts'

/** A finished batch. Its bytes never change, so the broker recognises a repeated send by its sequence number. */
export interface QueuedBatch extends ProducedBatch {
  readonly queue: SendQueue
  /** Number of records. */
  readonly count: number
  attempts: number
  /** `performance.now()` of the first attempt. */
  firstAttemptAt: number
  acknowledged: boolean
  /** Whether the batch may be in the log already: an answer was lost, or left that open. */
  maybeAppended: boolean
}

/** Returns a finished batch that has not been sent yet. */
export function waitingBatch(queue: SendQueue, bytes: Buffer, count: number, firstAttemptAt = 0): QueuedBatch {
  const { topic, partition } = queue
  return {
    topic,
    partition,
    bytes,
    queue,
    count,
    attempts: 0,
    firstAttemptAt,
    acknowledged: false,
    maybeAppended: false,
  }
}

/** Returns the sequence number after `count` records. Sequence numbers wrap around to 0 after 2^31 - 1. */
export function sequenceAfter(sequence: number, count: number): number {
  return (sequence + count) % 2 ** 31
}

/** One partition's unacknowledged batches, as the sender sees them. */
export interface SendQueue extends TopicPartition {
  /** Numbered batches in order, of which the first `inFlight` have been sent. */
  readonly waiting: QueuedBatch[]
  inFlight: number
  /** Maximum number of batches in flight. */
  readonly inFlightMax: number
  /** The node to which the batches in flight were sent. */
  nodeId: number
  /**
   * Whether the broker has acknowledged a batch of this sequence. Before that, it accepts any first batch as the start
   * of the sequence, whatever its number.
   */
  sequenceStarted: boolean
  /**
   * Whether a batch in flight failed: all others must be answered before any is sent again, or their order would be
   * lost.
   */
  mustDrain: boolean
  /** `performance.now()` before which the queue sends nothing. */
  pausedUntil: number
  /** Closes the next batch, in queues that do so as late as possible. */
  fill?(): void
  /** Called when all in-sync replicas have the batch; `baseOffset` is -1 if the broker did not report it. */
  onAcknowledged(batch: QueuedBatch, baseOffset: number): void
  /** Called when the batch is delivered and no copy of it is in flight. */
  recycle(batch: QueuedBatch): void
  /** Drops the acknowledged batches and keeps the rest for another attempt. Called with nothing in flight. */
  acknowledge(): void
  /**
   * Removes a batch that no retry can deliver, in queues that can continue without it. Returns whether the queue can
   * continue as it is; if not, it must be prepared again. Without this method, the sender fails with the error.
   */
  failBatch?(batch: QueuedBatch, error: KafkaError): boolean
  /** Removes all batches and records with the error, in queues that can continue without them. */
  failAll?(error: KafkaError): void
}
