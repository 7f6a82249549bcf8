import { setTimeout as delay } from 'node:timers/promises'
import type { BatchMemory } from './batch-memory.ts'
import type { GroupMetadata, Header, OffsetCommit, TransactionalProducer, TransactionalProducerOptions } from './client.ts'
import type { Cluster } from './cluster.ts'
import { IllegalStateError, ProducerFencedError, UnclearCommitError } from './errors.ts'
import type { KafkaError } from './errors.ts'
import { createHangingTransactions } from './hanging-transactions.ts'
import { createPartitionQueue } from './partition-queue.ts'
import type { PartitionQueue } from './partition-queue.ts'
import { createRecordSender } from './record-sender.ts'
import type { TopicLimits } from './topic-limits.ts'
import { nobody } from './producer-identity.ts'
import type { ProducerIdentity } from './producer-identity.ts'
import { createTransactionRequests, isNothingOpen } from './transaction-requests.ts'
import type { TransactionLane } from './transaction-requests.ts'
import type { TransactionVersion } from './transaction-version.ts'

/**
 * `fresh`: not initialised. `ready`: between two transactions. `open`: in one. `ending`: commit or abort is under way.
 * `failed`: an error was thrown, only `abort` or `close` helps. `done`: fenced, unclear or closed, only `close` is legal.
 */
type State = 'fresh' | 'ready' | 'open' | 'ending' | 'failed' | 'done'

const transactionTimeoutMsDefault = 60_000
/** Longer than a cluster takes to notice that a broker is gone and to choose another, shorter than a transaction may last. */
const deliveryTimeoutMsDefault = 45_000
/** An answer that takes so long was lost, or its broker hangs. */
const answerMsMax = 5_000
/** A commit without an answer is repeated for so many delivery time-outs before it is given up as unclear. */
const commitAttemptsFactor = 3
const closeTimeoutMs = 3000
/** Markers of a transaction are written by then, as a rule. */
const settledMs = 6

export function createTransactionalProducer(
  cluster: Cluster,
  limits: TopicLimits,
  memory: BatchMemory,
  transactionalId: string,
  options: TransactionalProducerOptions = {},
): TransactionalProducer {
  const transactionTimeoutMs = options.transactionTimeoutMs ?? transactionTimeoutMsDefault
  const deliveryTimeoutMs = options.deliveryTimeoutMs ?? deliveryTimeoutMsDefault
  const initMs = Math.max(cluster.requestTimeoutMs, deliveryTimeoutMs)
  const lane: TransactionLane = {
    lane: `producer ${transactionalId}`,
    // Half of the time at most, so that a lost answer leaves time for a second attempt.
    requestTimeoutMs: Math.min(cluster.requestTimeoutMs, answerMsMax, Math.ceil(deliveryTimeoutMs / 2)),
    retryMs: deliveryTimeoutMs,
  }
  const requests = createTransactionRequests(cluster, transactionalId, lane)
  const hanging = options.writesTo && createHangingTransactions(cluster, transactionalId, lane, requests, options.writesTo)
  const queues = new Map<string, Map<number, PartitionQueue>>()
  let latest: PartitionQueue | undefined
  let identity: ProducerIdentity = nobody
  let version: TransactionVersion = 1
  let state: State = 'fresh'
  let failure: KafkaError | undefined
  /** The coordinator was told of this transaction, or may have been. */
  let registered = false
  let unansweredBefore = 0
  /** Requests of this epoch may still arrive late, or sequences are lost: the next transaction must run under another epoch. */
  let epochSpent = false
  /** When the last transaction was ended, as `performance.now()` counts, and the wait for its markers, once for each transaction. */
  let endedAt = -Infinity
  let settling: Promise<void> | undefined
  const offsetsUnderWay = new Set<Promise<void>>()

  const sender = createRecordSender<PartitionQueue>(cluster, {
    ...lane,
    name: transactionalId,
    transactionalId,
    deliveryTimeoutMs,
    transactionVersion: () => version,
    async prepare(fresh) {
      registered = true
      // In version 2 the first batch of a partition adds it.
      if (version === 2) return formerSettled()
      await requests.addPartitions(
        identity,
        fresh.map(({ topic, partition }) => ({ topic, partition })),
      )
    },
    onFailure: fail,
  })

  /** Remembers the first error; what follows from it is of no interest. */
  function fail(error: KafkaError): void {
    if (error instanceof ProducerFencedError) state = 'done'
    else if (state === 'open') state = 'failed'
    failure ??= error
  }

  function illegal(method: string): Error {
    const hint = {
      fresh: 'call init first',
      ready: 'call begin first',
      open: 'commit or abort first',
      ending: 'await commit or abort first',
    }
    const why =
      state === 'failed'
        ? `abort first, after: ${failure?.message}`
        : state === 'done'
          ? `make a new producer, after: ${failure?.message ?? 'close'}`
          : hint[state]
    return new IllegalStateError(`${method} of ${transactionalId}: not now, ${why}`)
  }

  function mustBeOpen(method: string): void {
    if (state === 'open') return
    // Whoever goes on with a transaction that has failed meanwhile learns what failed.
    throw failure ?? illegal(method)
  }

  async function guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      fail(error as KafkaError)
      throw error
    }
  }

  /**
   * Nobody may be left to await this one, where another call of the same transaction failed first: that must not end the process,
   * for every later call tells of the failure too.
   */
  function unattended<T>(work: () => Promise<T>): Promise<T> {
    const promise = work()
    promise.catch(() => undefined)
    return promise
  }

  function everyQueue(visit: (queue: PartitionQueue) => void): void {
    for (const partitions of queues.values()) for (const queue of partitions.values()) visit(queue)
  }

  function queueOf(topic: string, partition: number): PartitionQueue {
    let partitions = queues.get(topic)
    if (!partitions) queues.set(topic, (partitions = new Map()))
    let queue = partitions.get(partition)
    if (!queue) {
      queue = createPartitionQueue(
        { topic, partition },
        { compression: options.compression ?? 'none', memory, onAcknowledged: options.onAcknowledged },
      )
      partitions.set(partition, queue)
    }
    return queue
  }

  /** The queue to append to, most often the one of the record before. */
  function queueFor(topic: string, partition: number): PartitionQueue {
    if (state !== 'open') mustBeOpen('append')
    if (latest === undefined || latest.topic !== topic || latest.partition !== partition) latest = queueOf(topic, partition)
    return latest
  }

  /** Who caught it and went on would commit without a record, or without the batch that was cut for it. */
  function refused(error: unknown): unknown {
    fail(error as KafkaError)
    return error
  }

  async function takeIdentity(current?: ProducerIdentity): Promise<void> {
    identity = await requests.initProducerId(transactionTimeoutMs, initMs, current)
    everyQueue((queue) => queue.restart())
    epochSpent = false
    unansweredBefore = requests.unanswered
  }

  /**
   * Ends the open transaction. In version 2 the answer is a new epoch, which shuts out whatever of the old one may still arrive, and
   * with which sequences begin anew: what was lost or unanswered until now is of no concern any more.
   */
  async function end(outcome: 'commit' | 'abort', retryMs: number): Promise<void> {
    const next = await requests.end(identity, outcome, version, retryMs)
    if (version === 1) return
    const { producerId } = identity
    identity = next
    everyQueue((queue) => (next.producerId === producerId ? queue.renumber() : queue.restart()))
    epochSpent = false
    unansweredBefore = requests.unanswered
    endedAt = performance.now()
    settling = undefined
  }

  /**
   * An end is answered before its markers are written. In version 2 a broker that gets a batch meanwhile looks again after 20 ms only
   * (`add.partitions.to.txn.retry.backoff.ms`); who asks the coordinator first, and does so only when in such a hurry, waits 1 or 2.
   */
  function formerSettled(): Promise<void> {
    return (settling ??= (async () => {
      while (performance.now() - endedAt < settledMs && (await requests.isBeingEnded())) await delay(1)
    })())
  }

  async function flush(): Promise<void> {
    everyQueue((queue) => queue.seal(identity) && sender.enqueue(queue))
    await sender.drained()
  }

  /** Back to between two transactions; under a new epoch where requests of the old one may still arrive. */
  async function finish(): Promise<void> {
    if (requests.unanswered > unansweredBefore) epochSpent = true
    if (epochSpent) await takeIdentity(identity)
    registered = false
    failure = undefined
    state = 'ready'
  }

  /** The end of a transaction did not come off: whatever failed in it before is of no interest any more. */
  function failFinish(error: unknown): void {
    state = 'failed'
    failure = undefined
    fail(error as KafkaError)
  }

  async function endAbort(retryMs: number): Promise<void> {
    const { sequencesIntact } = await sender.stop()
    everyQueue((queue) => queue.clear())
    if (!sequencesIntact) epochSpent = true
    if (!registered) return
    await end('abort', retryMs).catch((error: unknown) => {
      // The broker ended it by itself, or never heard of it; a new epoch shuts out whatever may still arrive.
      if (!isNothingOpen(error)) throw error
      epochSpent = true
    })
  }

  return {
    transactionalId,
    get producerId() {
      return identity.producerId
    },
    get producerEpoch() {
      return identity.producerEpoch
    },
    async init() {
      if (state !== 'fresh' && state !== 'ready') throw illegal('init')
      state = 'ending'
      try {
        version = options.transactionVersionMax === 1 ? 1 : await requests.newestVersion(initMs)
        const decision = await hanging?.lastDecision()
        await takeIdentity()
        if (decision) await hanging?.end(identity, decision)
        state = 'ready'
      } catch (error) {
        state = 'fresh'
        throw error
      }
    },
    begin() {
      if (state !== 'ready') throw failure ?? illegal('begin')
      state = 'open'
    },
    append(topic, partition, timestampMs, key, value, headers?: readonly Header[]) {
      const queue = queueFor(topic, partition)
      try {
        if (queue.append(limits.batchBytesMax(topic), identity, timestampMs, key, value, headers)) sender.enqueue(queue)
      } catch (error) {
        throw refused(error)
      }
    },
    appendFrom(topic, partition, timestampMs, bytes, start, keyEnd, valueEnd) {
      const queue = queueFor(topic, partition)
      try {
        if (queue.appendFrom(limits.batchBytesMax(topic), identity, timestampMs, bytes, start, keyEnd, valueEnd))
          sender.enqueue(queue)
      } catch (error) {
        throw refused(error)
      }
    },
    acknowledgedTo(topic, partition) {
      const offset = queues.get(topic)?.get(partition)?.acknowledgedTo ?? -1
      return offset < 0 ? undefined : offset
    },
    flush: () =>
      unattended(async () => {
        mustBeOpen('flush')
        await guarded(flush)
      }),
    sendOffsets: (group: GroupMetadata, offsets: readonly OffsetCommit[]) =>
      unattended(async () => {
        mustBeOpen('sendOffsets')
        if (offsets.length === 0) return
        registered = true
        const work = guarded(async () => {
          await (version === 1 ? requests.addOffsets(identity, group.groupId) : formerSettled())
          await requests.commitOffsets(identity, group, offsets, version)
        })
        const settled = work.catch(() => undefined).finally(() => offsetsUnderWay.delete(settled))
        offsetsUnderWay.add(settled)
        await work
      }),
    async commit() {
      mustBeOpen('commit')
      await guarded(async () => {
        await Promise.all([flush(), ...offsetsUnderWay])
        mustBeOpen('commit')
        state = 'ending'
        try {
          if (registered) await end('commit', commitAttemptsFactor * deliveryTimeoutMs)
        } catch (error) {
          state = error instanceof UnclearCommitError ? 'done' : 'failed'
          throw error
        }
        registered = false
        await sender.stop()
        // It is committed: what goes wrong from here on concerns the next transaction only, whose `begin` will tell.
        await finish().catch(failFinish)
      })
    },
    async abort() {
      if (state === 'ready') return
      if (state !== 'open' && state !== 'failed') throw failure && state === 'done' ? failure : illegal('abort')
      state = 'ending'
      try {
        await Promise.all(offsetsUnderWay)
        await endAbort(deliveryTimeoutMs)
        await finish()
      } catch (error) {
        failFinish(error)
        throw error
      }
    },
    async close() {
      const open = state === 'open' || state === 'failed'
      state = 'done'
      // Readers of committed data wait behind an open transaction: better not to leave it to the broker's time-out.
      if (open) await endAbort(closeTimeoutMs).catch(() => undefined)
      else await sender.stop()
      await cluster.closeLane(lane.lane)
    },
  }
}
