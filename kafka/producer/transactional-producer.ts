import type { Connection } from '@platformatic/kafka'
import type { BufferPool } from './buffer-pool.ts'
import type { GroupMetadata, OffsetCommit, TransactionalProducer, TransactionalProducerOptions } from '../client.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { UnclearCommitError } from '../errors.ts'
import type { KafkaError } from '../errors.ts'
import { createHangingTransactions } from '../admin/hanging-transactions.ts'
import type { HangingTransactions } from '../admin/hanging-transactions.ts'
import type { Outcome } from './end-transaction-request.ts'
import type { PartitionQueue } from './partition-queue.ts'
import { createPartitionQueues } from './partition-queues.ts'
import type { PartitionQueues } from './partition-queues.ts'
import { createMarkerChecks } from './marker-checks.ts'
import type { MarkerChecks } from './marker-checks.ts'
import { createProducerEpochs } from './producer-epochs.ts'
import type { ProducerEpochs } from './producer-epochs.ts'
import { createRecordSender } from './record-sender.ts'
import type { RecordSender } from './record-sender.ts'
import type { TopicLimits } from '../cluster/topic-limits.ts'
import { createTransactionRequests, isNothingOpen } from './transaction-requests.ts'
import type { CallDefaults, TransactionRequests } from './transaction-requests.ts'
import { createTransactionStatus } from './transaction-state.ts'
import type { TransactionStatus } from './transaction-state.ts'

const TRANSACTION_TIMEOUT_MS = 60_000
/** Longer than a cluster takes to detect a dead broker and elect another, shorter than the transaction time-out. */
const DELIVERY_TIMEOUT_MS = 45_000
/** An answer that takes longer than this is lost, or its broker hangs. */
const ANSWER_MS_MAX = 5_000
/** An unanswered commit is retried for this many delivery time-outs before it is reported as unclear. */
const COMMIT_ATTEMPTS_FACTOR = 3
const CLOSE_TIMEOUT_MS = 3000

/** State shared by the steps of one producer. */
interface Session {
  readonly options: TransactionalProducerOptions
  readonly deliveryTimeoutMs: number
  readonly status: TransactionStatus
  readonly requests: TransactionRequests
  readonly queues: PartitionQueues
  readonly epochs: ProducerEpochs
  readonly sender: RecordSender<PartitionQueue>
  readonly hanging: HangingTransactions | undefined
  readonly markers: MarkerChecks
  readonly pendingOffsets: Set<Promise<void>>
  /** Whether the coordinator may know of the open transaction. */
  registered: boolean
  /** Whether it has confirmed that it does, in version 1. */
  joined: boolean
}

export function createTransactionalProducer(
  cluster: Cluster,
  limits: TopicLimits,
  memory: BufferPool,
  transactionalId: string,
  options: TransactionalProducerOptions = {},
): TransactionalProducer {
  const deliveryTimeoutMs = options.deliveryTimeoutMs ?? DELIVERY_TIMEOUT_MS
  const defaults: CallDefaults = {
    channel: `producer ${transactionalId}`,
    // At most half of the delivery time-out, so that a lost answer leaves time for a second attempt.
    requestTimeoutMs: Math.min(cluster.requestTimeoutMs, ANSWER_MS_MAX, Math.ceil(deliveryTimeoutMs / 2)),
    retryMs: deliveryTimeoutMs,
  }
  const session = createSession(cluster, memory, transactionalId, options, defaults)
  const { status, queues, epochs, sender } = session

  /** Returns the queue to append to. */
  function queueFor(topic: string, partition: number): PartitionQueue {
    if (status.state !== 'in transaction') status.mustBeInTransaction('append')
    return queues.of(topic, partition)
  }

  /**
   * Fails the transaction: a caller that ignored the error would otherwise commit without the record, or without the
   * batch closed for it.
   */
  function failTransaction(error: unknown): unknown {
    status.fail(error as KafkaError)
    return error
  }

  return {
    transactionalId,
    get producerId() {
      return epochs.identity.producerId
    },
    get producerEpoch() {
      return epochs.identity.producerEpoch
    },
    init: () => init(session),
    begin: () => status.call('begin'),
    append(topic, partition, timestampMs, key, value, headers) {
      const queue = queueFor(topic, partition)
      try {
        if (queue.append(limits.batchBytesMax(topic), epochs.identity, timestampMs, key, value, headers))
          sender.enqueue(queue)
      } catch (error) {
        throw failTransaction(error)
      }
    },
    appendFrom(topic, partition, timestampMs, bytes, start, keyEnd, valueEnd) {
      const queue = queueFor(topic, partition)
      try {
        if (queue.appendFrom(limits.batchBytesMax(topic), epochs.identity, timestampMs, bytes, start, keyEnd, valueEnd))
          sender.enqueue(queue)
      } catch (error) {
        throw failTransaction(error)
      }
    },
    acknowledgedTo(topic, partition) {
      const offset = queues.find({ topic, partition })?.acknowledgedTo ?? -1
      return offset < 0 ? undefined : offset
    },
    flush: () => ignoreUnhandled(flush(session)),
    sendOffsets: (group, offsets) => ignoreUnhandled(sendOffsets(session, group, offsets)),
    commit: () => commit(session),
    abort: () => abort(session),
    async close() {
      await close(session)
      await cluster.closeChannel(defaults.channel)
    },
  }
}

function createSession(
  cluster: Cluster,
  memory: BufferPool,
  transactionalId: string,
  options: TransactionalProducerOptions,
  defaults: CallDefaults,
): Session {
  const deliveryTimeoutMs = defaults.retryMs
  const status = createTransactionStatus(transactionalId)
  const requests = createTransactionRequests(cluster, transactionalId, defaults, (connection) =>
    join(session, connection),
  )
  const { compression = 'none', onAcknowledged } = options
  const queues = createPartitionQueues({ compression, memory, onAcknowledged })
  const epochs = createProducerEpochs(requests, queues, {
    transactionTimeoutMs: options.transactionTimeoutMs ?? TRANSACTION_TIMEOUT_MS,
    initMs: Math.max(cluster.requestTimeoutMs, deliveryTimeoutMs),
  })
  const sender = createRecordSender<PartitionQueue>(cluster, {
    ...defaults,
    name: transactionalId,
    transactionalId,
    deliveryTimeoutMs,
    transactionVersion: () => epochs.version,
    prepare: (fresh) => register(session, fresh),
    joins: (connection) => (epochs.version === 2 ? join(session, connection) : undefined),
    onFailure: (error) => status.fail(error),
  })
  const hanging = options.writesTo && createHangingTransactions(cluster, transactionalId, defaults, options.writesTo)
  const session: Session = {
    options,
    deliveryTimeoutMs,
    status,
    requests,
    queues,
    epochs,
    sender,
    hanging,
    markers: createMarkerChecks(hanging, requests.withCoordinator),
    pendingOffsets: new Set(),
    registered: false,
    joined: false,
  }
  return session
}

/** Adds partitions to the transaction. */
async function register(session: Session, fresh: readonly PartitionQueue[]): Promise<void> {
  const { epochs, requests } = session
  // In version 2 the first batch of a partition adds it.
  if (epochs.version === 2) return epochs.awaitPreviousMarkers()
  await requests.addPartitions(
    epochs.identity,
    fresh.map(({ topic, partition }) => ({ topic, partition })),
  )
  session.joined = true
}

/** Called before every request that adds something to the transaction, on the connection that will carry it. */
function join(session: Session, connection: Connection): Promise<void> | undefined {
  // In version 1 all transactions have the same epoch, so from here on an open transaction would be this one.
  const check = session.joined ? undefined : session.markers.check(connection)
  if (check !== undefined) return check.then(() => void (session.registered = true))
  session.registered = true
  return undefined
}

async function init({ status, epochs, hanging, options }: Session): Promise<void> {
  status.call('init')
  try {
    await epochs.chooseVersion(options.transactionVersionMax)
    const decision = await hanging?.lastDecision()
    const endHanging = async (epoch: number): Promise<void> => {
      if (decision !== undefined) await hanging!.end(decision.producer.producerId, decision.outcome, epoch)
    }
    // In version 2 a hanging transaction has an older epoch than whatever a former owner may still write, and can be
    // ended before the takeover, which makes the coordinator forget its outcome.
    if (decision?.isOpen === false) await endHanging(decision.producer.producerEpoch)
    await epochs.takeOver()
    await endHanging(Infinity)
    status.apply('initialised')
  } catch (error) {
    status.apply('failed')
    throw error
  }
}

/** Runs a step; its error fails the transaction. */
async function guarded<T>({ status }: Session, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    status.fail(error as KafkaError)
    throw error
  }
}

/**
 * Marks the promise as handled. If another call of the same transaction failed first, it may never be awaited; that
 * must not end the process, since every later call reports the failure too.
 */
function ignoreUnhandled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined)
  return promise
}

async function flush(session: Session): Promise<void> {
  session.status.mustBeInTransaction('flush')
  await guarded(session, () => sendAll(session))
}

async function sendAll({ queues, epochs, sender }: Session): Promise<void> {
  queues.forEach((queue) => queue.seal(epochs.identity) && sender.enqueue(queue))
  await sender.drained()
}

async function sendOffsets(session: Session, group: GroupMetadata, offsets: readonly OffsetCommit[]): Promise<void> {
  const { status, epochs, requests, pendingOffsets } = session
  status.mustBeInTransaction('sendOffsets')
  if (offsets.length === 0) return
  const work = guarded(session, async () => {
    if (epochs.version === 2) await epochs.awaitPreviousMarkers()
    else {
      await requests.addOffsets(epochs.identity, group.groupId)
      session.joined = true
    }
    await requests.commitOffsets(epochs.identity, group, offsets, epochs.version)
  })
  const settled = work.catch(() => undefined).finally(() => pendingOffsets.delete(settled))
  pendingOffsets.add(settled)
  await work
}

async function commit(session: Session): Promise<void> {
  const { status, sender, pendingOffsets } = session
  status.mustBeInTransaction('commit')
  await guarded(session, async () => {
    await Promise.all([sendAll(session), ...pendingOffsets])
    status.mustBeInTransaction('commit')
    status.call('commit')
    await endCommit(session)
    session.registered = session.joined = false
    await sender.stop()
    // The transaction is committed: later failures concern only the next one, whose `begin` reports them.
    await finish(session).catch((error: unknown) => status.failEnd(error as KafkaError))
  })
}

async function endCommit(session: Session): Promise<void> {
  const { status, registered, deliveryTimeoutMs } = session
  try {
    if (registered) await end(session, 'commit', COMMIT_ATTEMPTS_FACTOR * deliveryTimeoutMs)
  } catch (error) {
    status.apply(error instanceof UnclearCommitError ? 'unclear' : 'failed')
    throw error
  }
}

async function end({ epochs, markers }: Session, outcome: Outcome, retryMs: number): Promise<void> {
  const { identity, version } = epochs
  await epochs.end(outcome, retryMs)
  markers.ended({ outcome, producer: identity, version })
}

async function abort(session: Session): Promise<void> {
  const { status, pendingOffsets, deliveryTimeoutMs } = session
  const nothingOpen = status.state === 'ready'
  status.call('abort')
  if (nothingOpen) return
  try {
    await Promise.all(pendingOffsets)
    await endAbort(session, deliveryTimeoutMs)
    await finish(session)
  } catch (error) {
    status.failEnd(error as KafkaError)
    throw error
  }
}

async function endAbort(session: Session, retryMs: number): Promise<void> {
  const { sender, queues, epochs } = session
  const { sequencesIntact } = await sender.stop()
  queues.forEach((queue) => queue.clear())
  if (!sequencesIntact) epochs.mustBump()
  // Checked after the stop, since partitions may be added until then.
  if (!session.registered) return
  await end(session, 'abort', retryMs).catch((error: unknown) => {
    // The broker has already ended it, or it never started there; a new epoch excludes late requests.
    if (!isNothingOpen(error)) throw error
    epochs.mustBump()
  })
}

/** Returns to the state between two transactions. */
async function finish(session: Session): Promise<void> {
  await session.epochs.bumpWhereNeeded()
  session.registered = session.joined = false
  session.status.apply('ended')
}

async function close(session: Session): Promise<void> {
  const { status, sender, markers } = session
  markers.close()
  const open = status.state === 'in transaction' || status.state === 'abortable error'
  status.apply('close')
  // An open transaction blocks read-committed consumers, so it is aborted now instead of by the broker’s time-out.
  if (open) await endAbort(session, CLOSE_TIMEOUT_MS).catch(() => undefined)
  else await sender.stop()
}
