import type { Cluster } from '../cluster/cluster.ts'
import type { KafkaError } from '../errors.ts'
import { pauseMs } from '../cluster/retry.ts'
import type { QueuedBatch, SendQueue } from './send-queue.ts'
import type { CallDefaults } from './transaction-requests.ts'
import type { TransactionVersion } from './transaction-version.ts'

export interface RecordSenderOptions<Queue extends SendQueue> extends CallDefaults {
  /** Names the producer in errors. */
  readonly name: string
  /** `null`: without transactions. */
  readonly transactionalId: string | null
  readonly deliveryTimeoutMs: number
  /** The current transaction version. */
  readonly transactionVersion: () => TransactionVersion
  /** Called before the first batch of a queue is sent (in a transaction). */
  readonly prepare: (queues: readonly Queue[]) => Promise<void>
  /** Called once, with the error that `drained` rejects with: the sender then rests until `stop` is called. */
  readonly onFailure: (error: KafkaError) => void
}

/** State shared by the steps of one sender: choosing batches, sending them, taking the answers in. */
export interface SenderState<Queue extends SendQueue = SendQueue> {
  readonly cluster: Cluster
  readonly options: RecordSenderOptions<Queue>
  /** Queues that have, or had lately, something to send. */
  readonly queues: Set<Queue>
  /** Those whose batches may be sent: `prepare` was called for them. */
  readonly prepared: Set<SendQueue>
  readonly requestsInFlight: RequestsInFlight
  /** Why it rests. */
  failure: KafkaError | undefined
  /** Resolved when something happened that the sending loop may wait for. */
  wake: PromiseWithResolvers<void>
}

/** How many produce requests have no answer yet. */
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

/** Ends the sending, until `stop`. */
export function failSender<Queue extends SendQueue>(sender: SenderState<Queue>, error: KafkaError): void {
  if (sender.failure) return
  sender.failure = error
  sender.options.onFailure(error)
  sender.wake.resolve()
}

/** No retry can bring the batch there: its queue goes on without it, or the sender ends. */
export function giveUp<Queue extends SendQueue>(
  sender: SenderState<Queue>,
  batch: QueuedBatch,
  error: KafkaError,
): void {
  const { queue } = batch
  if (!queue.setAside) return failSender(sender, error)
  if (!queue.setAside(batch, error)) sender.prepared.delete(queue)
  sender.wake.resolve()
}

/** Sends the batch again after a pause, which grows with its attempts. */
export function postpone(batch: QueuedBatch): void {
  batch.queue.mustSettle = true
  batch.queue.pausedUntil = performance.now() + pauseMs(batch.attempts)
}
