import { setTimeout as delay } from 'node:timers/promises'
import type { Cluster } from './cluster.ts'
import { ClientClosedError, DeliveryTimeoutError, errorOfCode } from './errors.ts'
import type { KafkaError } from './errors.ts'
import type { PartitionQueue, QueuedBatch } from './partition-queue.ts'
import { produce, type ProduceResult } from './produce-request.ts'
import { pauseMs } from './retry.ts'
import type { TransactionLane } from './transaction-requests.ts'
import type { TransactionVersion } from './transaction-version.ts'

/** Brings the queued batches of one producer to their partitions' leaders, each exactly once and in order. */
export interface RecordSender {
  /** Takes up a queue that has batches waiting. */
  enqueue(queue: PartitionQueue): void
  /** Resolves when every enqueued batch is acknowledged; rejects with the first error that no retry can mend. */
  drained(): Promise<void>
  /**
   * Sends nothing more and waits for what is in flight. Tells whether sequences may go on: not after a batch whose fate is
   * unknown. Ready for the next transaction afterwards.
   */
  stop(): Promise<{ readonly sequencesIntact: boolean }>
}

export interface RecordSenderOptions extends TransactionLane {
  readonly transactionalId: string
  readonly deliveryTimeoutMs: number
  /** How transactions are spoken now. */
  readonly transactionVersion: () => TransactionVersion
  /** Called before the first batch of a queue is sent in a transaction. */
  readonly addToTransaction: (queues: readonly PartitionQueue[]) => Promise<void>
  /** Called once, with the error that `drained` rejects with. */
  readonly onFailure: (error: KafkaError) => void
}

const inFlightPerNodeMax = 5
/** Kept well below the broker's `socket.request.max.bytes` of 100 MB. */
const requestBytesMax = 8_000_000

type Answer = Pick<ProduceResult, 'errorCode' | 'errorMessage' | 'baseOffset'>

export function createRecordSender(cluster: Cluster, options: RecordSenderOptions): RecordSender {
  const { transactionalId, lane, requestTimeoutMs, deliveryTimeoutMs } = options
  const queues = new Set<PartitionQueue>()
  const added = new Set<PartitionQueue>()
  const inFlight = new Map<number, number>()
  let inFlightTotal = 0
  let failure: KafkaError | undefined
  let running: Promise<void> | undefined
  let wake = Promise.withResolvers<void>()

  function fail(error: KafkaError): void {
    if (failure) return
    failure = error
    options.onFailure(error)
    wake.resolve()
  }

  /** The next batch of a queue that may go to that node now. */
  function sendable(queue: PartitionQueue, nodeId: number, now: number): QueuedBatch | undefined {
    if (queue.mustSettle && queue.inFlight === 0) queue.settle()
    if (queue.mustSettle || queue.pausedUntil > now) return undefined
    if (queue.inFlight > 0 && (queue.nodeId !== nodeId || !queue.begun)) return undefined
    return queue.waiting[queue.inFlight]
  }

  function checkExpiry(batch: QueuedBatch, now: number): void {
    // A process that was blocked has not tried for long: what was tried only once may be tried again.
    if (batch.attempts < 2 || now - batch.firstAttemptAt < deliveryTimeoutMs) return
    const where = `Produce to ${batch.topic}-${batch.partition} of ${transactionalId}`
    const message = `${where}: not acknowledged within ${deliveryTimeoutMs} ms. Abort the transaction; check the partition's replicas and the network`
    throw new DeliveryTimeoutError(message, 'DELIVERY_TIMEOUT', 'abortable')
  }

  function postpone(queue: PartitionQueue, batch: QueuedBatch): void {
    queue.mustSettle = true
    queue.pausedUntil = performance.now() + pauseMs(batch.attempts)
  }

  function onResult(batch: QueuedBatch, { errorCode, errorMessage, baseOffset }: Answer): void {
    const { queue } = batch
    queue.inFlight--
    const error =
      errorCode === 0
        ? undefined
        : errorOfCode(errorCode, `Produce to ${batch.topic}-${batch.partition} of ${transactionalId}`, errorMessage)
    if (!error || error.code === 'DUPLICATE_SEQUENCE_NUMBER') {
      batch.acknowledged = true
      if (baseOffset >= 0) queue.acknowledgedTo = Math.max(queue.acknowledgedTo, baseOffset + batch.count)
      queue.begun = true
      // One that was sent again may still stand in the buffers of a connection.
      if (batch.attempts === 1) queue.recycle(batch)
      while (queue.waiting[0]?.acknowledged) queue.waiting.shift()
      return
    }
    if (error.stale === 'metadata') cluster.invalidate(batch.topic)
    // Behind a batch that failed, every other one is out of order; it is so in earnest only for the first in the queue.
    const onlyBehind = error.code === 'OUT_OF_ORDER_SEQUENCE_NUMBER' && (queue.mustSettle || queue.waiting[0] !== batch)
    if (error.kind === 'retriable' || onlyBehind) return postpone(queue, batch)
    fail(error)
  }

  async function send(nodeId: number, batches: readonly QueuedBatch[]): Promise<void> {
    const where = `Produce to broker ${nodeId} of ${transactionalId}`
    try {
      const call = { lane, requestTimeoutMs, where }
      const results = await cluster.call(nodeId, call, (connection) =>
        produce(connection, transactionalId, requestTimeoutMs, batches, options.transactionVersion()),
      )
      const answers = new Map(results.map((result) => [`${result.topic}-${result.partition}`, result]))
      for (const batch of batches) {
        const answer = answers.get(`${batch.topic}-${batch.partition}`)
        onResult(batch, answer ?? { errorCode: -1, errorMessage: null, baseOffset: -1 })
      }
    } catch (thrown) {
      const error = thrown as KafkaError
      for (const batch of batches) {
        batch.queue.inFlight--
        postpone(batch.queue, batch)
        if (error.stale === 'metadata') cluster.invalidate(batch.topic)
      }
      if (error.kind !== 'retriable') fail(error)
    } finally {
      inFlight.set(nodeId, inFlight.get(nodeId)! - 1)
      inFlightTotal--
      wake.resolve()
    }
  }

  /** Which batches could leave now, by node. Looks leaders up, so it may reject with a retriable error. */
  async function gather(now: number): Promise<Map<number, QueuedBatch[]>> {
    const requests = new Map<number, QueuedBatch[]>()
    const bytes = new Map<number, number>()
    for (const queue of queues) {
      if (!added.has(queue)) continue
      const head = queue.waiting[0]
      if (!head) {
        if (queue.inFlight === 0) queues.delete(queue)
        continue
      }
      checkExpiry(head, now)
      if (queue.pausedUntil > now) continue
      const nodeId = await leaderNode(queue, head)
      if (nodeId === undefined || (inFlight.get(nodeId) ?? 0) >= inFlightPerNodeMax) continue
      const batch = sendable(queue, nodeId, now)
      if (!batch) continue
      const total = (bytes.get(nodeId) ?? 0) + batch.bytes.length
      const request = requests.get(nodeId)
      if (request && total > requestBytesMax) continue
      if (request) request.push(batch)
      else requests.set(nodeId, [batch])
      bytes.set(nodeId, total)
    }
    return requests
  }

  async function leaderNode(queue: PartitionQueue, head: QueuedBatch): Promise<number | undefined> {
    try {
      return (await cluster.leaderOf(queue.topic, queue.partition)).nodeId
    } catch (thrown) {
      const error = thrown as KafkaError
      if (error.kind !== 'retriable') throw error
      head.firstAttemptAt ||= performance.now()
      head.attempts++
      queue.pausedUntil = performance.now() + pauseMs(head.attempts)
      checkExpiryOf(error, head)
      return undefined
    }
  }

  /** Without a leader, why there is none says more than that time ran out. */
  function checkExpiryOf(error: KafkaError, head: QueuedBatch): void {
    if (head.attempts < 2 || performance.now() - head.firstAttemptAt < deliveryTimeoutMs) return
    throw new DeliveryTimeoutError(error.message, 'DELIVERY_TIMEOUT', 'abortable', { cause: error })
  }

  function dispatch(requests: ReadonlyMap<number, readonly QueuedBatch[]>, now: number): void {
    for (const [nodeId, batches] of requests) {
      for (const batch of batches) {
        batch.queue.inFlight++
        batch.queue.nodeId = nodeId
        batch.firstAttemptAt ||= now
        batch.attempts++
      }
      inFlight.set(nodeId, (inFlight.get(nodeId) ?? 0) + 1)
      inFlightTotal++
      void send(nodeId, batches)
    }
  }

  const notAdded = (): PartitionQueue[] => [...queues].filter((queue) => !added.has(queue))

  async function sendAll(): Promise<void> {
    // Queues that are filled in the same turn join the transaction, and travel, together.
    await Promise.resolve()
    while (queues.size > 0 && !failure) {
      wake = Promise.withResolvers<void>()
      const fresh = notAdded()
      if (fresh.length > 0) {
        await options.addToTransaction(fresh)
        for (const queue of fresh) added.add(queue)
      }
      const now = performance.now()
      const requests = await gather(now)
      if (failure) return
      dispatch(requests, now)
      if (requests.size > 0 || queues.size === 0 || notAdded().length > 0) continue
      const next = Math.min(...[...queues].map(({ pausedUntil }) => (pausedUntil > now ? pausedUntil : Infinity)))
      await (next === Infinity ? wake.promise : Promise.race([wake.promise, delay(next - now)]))
    }
  }

  async function run(): Promise<void> {
    try {
      await sendAll()
    } catch (error) {
      fail(error as KafkaError)
    } finally {
      // In the same turn as the loop's last look at the queues, so that `enqueue` never counts on a loop that has ended.
      running = undefined
    }
  }

  return {
    enqueue(queue) {
      if (failure) return
      queues.add(queue)
      wake.resolve()
      running ??= run()
    },
    async drained() {
      while (running && !failure) await running
      if (failure) throw failure
    },
    async stop() {
      const stopped = failure === undefined
      failure ??= new ClientClosedError(`Produce of ${transactionalId}`)
      wake.resolve()
      await running
      while (inFlightTotal > 0) {
        wake = Promise.withResolvers<void>()
        await wake.promise
      }
      const sequencesIntact = stopped && [...queues].every(({ waiting }) => waiting.every(({ acknowledged }) => acknowledged))
      queues.clear()
      added.clear()
      failure = undefined
      return { sequencesIntact }
    },
  }
}
