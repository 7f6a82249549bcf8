import { DeliveryTimeoutError, errorOfCode } from '../errors.ts'
import type { KafkaError } from '../errors.ts'
import type { ProduceResult } from './produce-request.ts'
import type { QueuedBatch } from './send-queue.ts'

export type ProduceAnswer = Pick<ProduceResult, 'errorCode' | 'errorMessage' | 'baseOffset'>

/** What the broker's answer means for a produced batch. */
export type ProduceOutcome =
  | { readonly kind: 'acknowledged' }
  /** The batch stays in its queue and is sent again. */
  | { readonly kind: 'retry'; readonly error: KafkaError }
  /** No retry can deliver the batch. */
  | { readonly kind: 'failed'; readonly error: KafkaError }

/**
 * Errors after which the batch may be in the log anyway: UNKNOWN_SERVER_ERROR, REQUEST_TIMED_OUT, NETWORK_EXCEPTION,
 * NOT_ENOUGH_REPLICAS_AFTER_APPEND, KAFKA_STORAGE_ERROR.
 */
const MAYBE_APPENDED_CODES = new Set([-1, 7, 13, 20, 56])

export const mayBeAppended = ({ errorCode }: ProduceAnswer): boolean => MAYBE_APPENDED_CODES.has(errorCode)

/** Classifies the answer to a produced batch. `name` names the producer in errors. */
export function produceOutcome(
  batch: QueuedBatch,
  { errorCode, errorMessage }: ProduceAnswer,
  name: string,
): ProduceOutcome {
  if (errorCode === 0) return { kind: 'acknowledged' }
  const error = errorOfCode(errorCode, `Produce to ${batch.topic}-${batch.partition} of ${name}`, errorMessage)
  if (error.code === 'DUPLICATE_SEQUENCE_NUMBER') return { kind: 'acknowledged' }
  // After a failed batch, all later ones are out of order; only for the first batch of the queue is this a real error.
  const { mustDrain, waiting } = batch.queue
  const onlyBehind = error.code === 'OUT_OF_ORDER_SEQUENCE_NUMBER' && (mustDrain || waiting[0] !== batch)
  return { kind: error.kind === 'retriable' || onlyBehind ? 'retry' : 'failed', error }
}

export interface DeliveryLimit {
  /** Name of the producer in errors. */
  readonly name: string
  /** `null` without transactions. */
  readonly transactionalId: string | null
  readonly deliveryTimeoutMs: number
}

/** Returns the error of a batch that has been tried for too long. `cause`: why the last attempt failed. */
export function deliveryTimeoutOf(
  batch: QueuedBatch,
  now: number,
  { name, transactionalId, deliveryTimeoutMs }: DeliveryLimit,
  cause?: KafkaError,
): DeliveryTimeoutError | undefined {
  // A process that was blocked has not really tried for long, so a single attempt may always be repeated.
  if (batch.attempts < 2 || now - batch.firstAttemptAt < deliveryTimeoutMs) return undefined
  const where = `Produce to ${batch.topic}-${batch.partition} of ${name}`
  const todo = transactionalId === null ? 'Check' : 'Abort the transaction; check'
  const message = `${where}: not acknowledged within ${deliveryTimeoutMs} ms. ${todo} the partition's replicas and the network`
  // If there is no leader, the reason for that is more useful than the time-out.
  return new DeliveryTimeoutError(cause?.message ?? message, 'DELIVERY_TIMEOUT', 'abortable', { cause })
}
