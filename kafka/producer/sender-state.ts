import type { Connection } from '@platformatic/kafka'
import type { Cluster } from '../cluster/cluster.ts'
import type { KafkaError } from '../errors.ts'
import { backoffMs } from '../cluster/retry.ts'
import type { QueuedBatch, SendQueue } from './send-queue.ts'
import type { CallDefaults } from './transaction-requests.ts'
import type { TransactionVersion } from './transaction-version.ts'

export interface RecordSenderOptions<Queue extends SendQueue> extends CallDefaults {
  /** Name of the producer in errors. */
  readonly name: string
  /** `null` without transactions. */
  readonly transactionalId: string | null
  readonly deliveryTimeoutMs: number
  /** Returns the current transaction version. */
  readonly transactionVersion: () => TransactionVersion
  /** Called before the first batch of each queue is sent (in a transaction). */
  readonly prepare: (queues: readonly Queue[]) => Promise<void>
  /** Awaited before each request, on the connection that will carry it. */
  readonly joins?: (connection: Connection) => Promise<void> | undefined
  /** Called once, with the error with which `drained` rejects. Nothing is sent after it until `stop` is called. */
  readonly onFailure: (error: KafkaError) => void
}

/** State shared by the steps of one sender: choosing batches, sending them, processing the answers. */
export interface SenderState<Queue extends SendQueue = SendQueue> {
  readonly cluster: Cluster
  readonly options: RecordSenderOptions<Queue>
  /** Queues that have batches to send, or recently had. */
  readonly queues: Set<Queue>
  /** Queues for which `prepare` has resolved, so that their batches may be sent. */
  readonly prepared: Set<SendQueue>
  readonly requestsInFlight: RequestsInFlight
  /** The error that stopped the sending. */
  failure: KafkaError | undefined
  /** Resolved on anything that the sending loop may be waiting for. */
  wake: PromiseWithResolvers<void>
}

/** Number of unanswered produce requests. */
export interface RequestsInFlight {
  readonly byNode: Map<number, number>
  total: number
}

export function createSenderState<Queue extends SendQueue>(
  cluster: Cluster,
  options: RecordSenderOptions<Queue>,
): SenderState<Queue> {
  return {
    cluster,
    options,
    queues: new Set(),
    prepared: new Set(),
    requestsInFlight: { byNode: new Map(), total: 0 },
    failure: undefined,
    wake: Promise.withResolvers(),
  }
}

/** Stops sending until `stop` is called. */
export function failSender<Queue extends SendQueue>(sender: SenderState<Queue>, error: KafkaError): void {
  if (sender.failure) return
  sender.failure = error
  sender.options.onFailure(error)
  sender.wake.resolve()
}

/** Gives up a batch that no retry can deliver: its queue continues without it, or else the whole sender fails. */
export function giveUp<Queue extends SendQueue>(
  sender: SenderState<Queue>,
  batch: QueuedBatch,
  error: KafkaError,
): void {
  const { queue } = batch
  if (!queue.failBatch) return failSender(sender, error)
  if (!queue.failBatch(batch, error)) sender.prepared.delete(queue)
  sender.wake.resolve()
}

/** Sends the batch again after a pause, which grows with the number of attempts. */
export function postpone(batch: QueuedBatch): void {
  batch.queue.mustDrain = true
  batch.queue.pausedUntil = performance.now() + backoffMs(batch.attempts)
}
