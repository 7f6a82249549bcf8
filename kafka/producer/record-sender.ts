import { setTimeout as delay } from 'node:timers/promises'
import type { Cluster } from '../cluster/cluster.ts'
import { ClientClosedError, DeliveryTimeoutError, errorOfCode } from '../errors.ts'
import type { KafkaError } from '../errors.ts'
import { produce, type ProduceResult } from './produce-request.ts'
import { pauseMs } from '../cluster/retry.ts'
import type { QueuedBatch, SendQueue } from './send-queue.ts'
import type { CallDefaults } from './transaction-requests.ts'
import type { TransactionVersion } from './transaction-version.ts'

/** Delivers the queued batches of one producer to the partitions’ leaders, each exactly once and in order. */
export interface RecordSender<Queue extends SendQueue> {
  /** Adds a queue with waiting batches. */
  enqueue(queue: Queue): void
  /** Resolves when every enqueued batch is acknowledged; rejects with the first error that no retry can mend. */
  drained(): Promise<void>
  /**
   * Stops sending and waits for batches in flight. Returns whether sequences may continue: not after a batch with an
   * unknown outcome. Ready for the next transaction afterwards.
   */
  stop(): Promise<{ readonly sequencesIntact: boolean }>
}

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

const IN_FLIGHT_PER_NODE_MAX = 5
/** Kept well below the broker's `socket.request.max.bytes` of 100 MB. */
const REQUEST_BYTES_MAX = 8_000_000

/**
 * Errors after which the batch may be in the log anyway: UNKNOWN_SERVER_ERROR, REQUEST_TIMED_OUT, NETWORK_EXCEPTION,
 * NOT_ENOUGH_REPLICAS_AFTER_APPEND, KAFKA_STORAGE_ERROR.
 */
const LEAVES_DOUBT = new Set([-1, 7, 13, 20, 56])

type Answer = Pick<ProduceResult, 'errorCode' | 'errorMessage' | 'baseOffset'>

export function createRecordSender<Queue extends SendQueue>(
  cluster: Cluster,
  options: RecordSenderOptions<Queue>,
): RecordSender<Queue> {
  const { name, transactionalId, channel, requestTimeoutMs, deliveryTimeoutMs } = options
  const queues = new Set<Queue>()
  const prepared = new Set<SendQueue>()
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
  function sendable(queue: SendQueue, nodeId: number, now: number): QueuedBatch | undefined {
    if (queue.mustSettle && queue.inFlight === 0) queue.settle()
    if (queue.mustSettle || queue.pausedUntil > now || queue.inFlight >= queue.inFlightMax) return undefined
    if (queue.inFlight > 0 && (queue.nodeId !== nodeId || !queue.begun)) return undefined
    return queue.waiting[queue.inFlight]
  }

  /** No retry can bring the batch there: its queue goes on without it, or the sender ends. */
  function giveUp(batch: QueuedBatch, error: KafkaError): void {
    const { queue } = batch
    if (!queue.setAside) return fail(error)
    if (!queue.setAside(batch, error)) prepared.delete(queue)
    wake.resolve()
  }

  function expiryOf(batch: QueuedBatch, now: number, cause?: KafkaError): DeliveryTimeoutError | undefined {
    // A process that was blocked has not really tried for long: a single attempt may be repeated.
    if (batch.attempts < 2 || now - batch.firstAttemptAt < deliveryTimeoutMs) return undefined
    const where = `Produce to ${batch.topic}-${batch.partition} of ${name}`
    const todo = transactionalId === null ? 'Check' : 'Abort the transaction; check'
    const message = `${where}: not acknowledged within ${deliveryTimeoutMs} ms. ${todo} the partition's replicas and the network`
    // Without a leader, the reason for that is more useful than the time-out.
    return new DeliveryTimeoutError(cause?.message ?? message, 'DELIVERY_TIMEOUT', 'abortable', { cause })
  }

  function postpone(queue: SendQueue, batch: QueuedBatch): void {
    queue.mustSettle = true
    queue.pausedUntil = performance.now() + pauseMs(batch.attempts)
  }

  function onResult(batch: QueuedBatch, { errorCode, errorMessage, baseOffset }: Answer): void {
    const { queue } = batch
    queue.inFlight--
    const error =
      errorCode === 0
        ? undefined
        : errorOfCode(errorCode, `Produce to ${batch.topic}-${batch.partition} of ${name}`, errorMessage)
    if (!error || error.code === 'DUPLICATE_SEQUENCE_NUMBER') {
      batch.acknowledged = true
      queue.begun = true
      // A resent batch may still be in the buffers of a connection.
      if (batch.attempts === 1) queue.recycle(batch)
      while (queue.waiting[0]?.acknowledged) queue.waiting.shift()
      return queue.onAcknowledged(batch, baseOffset)
    }
    if (LEAVES_DOUBT.has(errorCode)) batch.doubtful = true
    if (error.stale === 'metadata') cluster.invalidate(batch.topic)
    // After a failed batch all later ones are out of order; only for the first in the queue it is a real error.
    const onlyBehind = error.code === 'OUT_OF_ORDER_SEQUENCE_NUMBER' && (queue.mustSettle || queue.waiting[0] !== batch)
    if (error.kind === 'retriable' || onlyBehind) return postpone(queue, batch)
    giveUp(batch, error)
  }

  async function send(nodeId: number, batches: readonly QueuedBatch[]): Promise<void> {
    const where = `Produce to broker ${nodeId} of ${name}`
    try {
      const call = { channel, requestTimeoutMs, where }
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
        batch.doubtful = true
        postpone(batch.queue, batch)
        if (error.stale === 'metadata') cluster.invalidate(batch.topic)
        if (error.kind !== 'retriable') giveUp(batch, error)
      }
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
      if (!prepared.has(queue)) continue
      queue.fill?.()
      const head = queue.waiting[0]
      if (!head) {
        if (queue.inFlight === 0) queues.delete(queue)
        continue
      }
      if (queue.inFlight >= queue.inFlightMax) continue
      const expired = expiryOf(head, now)
      if (expired) {
        giveUp(head, expired)
        continue
      }
      if (queue.pausedUntil > now) continue
      const nodeId = await leaderNode(queue, head)
      if (nodeId === undefined || (inFlight.get(nodeId) ?? 0) >= IN_FLIGHT_PER_NODE_MAX) continue
      const batch = sendable(queue, nodeId, now)
      if (!batch) continue
      const total = (bytes.get(nodeId) ?? 0) + batch.bytes.length
      const request = requests.get(nodeId)
      if (request && total > REQUEST_BYTES_MAX) continue
      if (request) request.push(batch)
      else requests.set(nodeId, [batch])
      bytes.set(nodeId, total)
    }
    return requests
  }

  async function leaderNode(queue: SendQueue, head: QueuedBatch): Promise<number | undefined> {
    try {
      return (await cluster.leaderOf(queue.topic, queue.partition)).nodeId
    } catch (thrown) {
      const error = thrown as KafkaError
      const now = performance.now()
      head.firstAttemptAt ||= now
      head.attempts++
      queue.pausedUntil = now + pauseMs(head.attempts)
      const end = error.kind === 'retriable' ? expiryOf(head, now, error) : error
      if (end) giveUp(head, end)
      return undefined
    }
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

  async function prepare(fresh: readonly Queue[]): Promise<void> {
    try {
      await options.prepare(fresh)
      for (const queue of fresh) prepared.add(queue)
    } catch (error) {
      for (const queue of fresh) {
        if (!queue.setAsideAll) throw error
        queue.setAsideAll(error as KafkaError)
        queues.delete(queue)
      }
    }
  }

  const notPrepared = (): Queue[] => [...queues].filter((queue) => !prepared.has(queue))

  async function sendAll(): Promise<void> {
    // Queues filled in the same turn join the transaction, and are sent, together.
    await Promise.resolve()
    while (queues.size > 0 && !failure) {
      wake = Promise.withResolvers<void>()
      const fresh = notPrepared()
      if (fresh.length > 0) {
        await prepare(fresh)
      }
      const now = performance.now()
      const requests = await gather(now)
      if (failure) return
      dispatch(requests, now)
      if (requests.size > 0 || queues.size === 0 || notPrepared().length > 0) continue
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
      // In the same turn as the loop’s last check of the queues, so that `enqueue` never relies on an ended loop.
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
      failure ??= new ClientClosedError(`Produce of ${name}`)
      wake.resolve()
      await running
      while (inFlightTotal > 0) {
        wake = Promise.withResolvers<void>()
        await wake.promise
      }
      const sequencesIntact = stopped && [...queues].every(({ waiting }) => waiting.every(({ acknowledged }) => acknowledged))
      queues.clear()
      prepared.clear()
      failure = undefined
      return { sequencesIntact }
    },
  }
}
