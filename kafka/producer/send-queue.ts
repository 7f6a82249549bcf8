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
  /** The broker has a batch of this sequence. A broker that has none takes the first that arrives for its beginning, whatever its number. */
  begun: boolean
  /** A batch in flight failed: the others must come back before any is sent again, else their order is lost. */
  mustSettle: boolean
  /** `performance.now()` before which nothing is sent again. */
  pausedUntil: number
  /** Makes the next batch, in queues that leave it to the last moment. */
  fill?(): void
  /** All in-sync replicas have the batch; `baseOffset` is −1 where the broker didn't say. */
  onAcknowledged(batch: QueuedBatch, baseOffset: number): void
  /** The batch has arrived, and its bytes are on no other way there. */
  recycle(batch: QueuedBatch): void
  /** Drops what failed to arrive in order and keeps the rest for another attempt; called with nothing in flight. */
  settle(): void
  /**
   * For queues that can go on without a batch that no retry can bring there: takes it out. Returns whether the queue goes on as it is; `false`: it must be
   * prepared first. Where there is no such method, the sender ends with the error.
   */
  setAside?(batch: QueuedBatch, error: KafkaError): boolean
  /** The same for all that it holds. */
  setAsideAll?(error: KafkaError): void
}
