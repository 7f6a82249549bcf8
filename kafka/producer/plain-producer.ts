import { initProducerIdV5 } from '@platformatic/kafka'
import { createBatchMemory } from './batch-memory.ts'
import type { ClientOptions } from '../client.ts'
import { createCluster } from '../cluster/cluster.ts'
import { ClientClosedError, RecordTooLargeError } from '../errors.ts'
import type { KafkaError } from '../errors.ts'
import { createPendingSend } from './pending-send.ts'
import type { PendingSend, RecordPlace } from './pending-send.ts'
import { createPlainQueue } from './plain-queue.ts'
import type { PlainEntry, PlainQueue } from './plain-queue.ts'
import type { ProducerIdentity } from './producer-identity.ts'
import { readyRecord } from './ready-record.ts'
import type { PlainRecord, ReadyRecord } from './ready-record.ts'
import { createRecordSender } from './record-sender.ts'
import { atMost, deadlineIn, retry } from '../cluster/retry.ts'
import { createTopicLimits } from '../cluster/topic-limits.ts'

export type { RecordPlace } from './pending-send.ts'
export type { PlainRecord } from './ready-record.ts'

export interface PlainProducerOptions extends ClientOptions {
  /**
   * How long a record may stay unacknowledged before its send rejects. Default 120,000 ms; at least the time for an
   * attempt at a dead broker and another one at its successor.
   */
  readonly deliveryTimeoutMs?: number
  /** Bytes of records that are kept until they are acknowledged; a send waits for room. Default 32 MiB. */
  readonly bufferedBytesMax?: number
}

/**
 * Sends records without transactions, idempotently and acknowledged by all in-sync replicas: each is in the log once,
 * in send order, despite lost answers, delays and moved leaders. It recovers by itself from any failure.
 */
export interface PlainProducer {
  /** Rejects where no broker can be reached. Not needed before `send`. */
  connect(): Promise<void>
  /**
   * Sends to the partitions of the keys, in order. Resolves to the place of each record once all are acknowledged.
   * Rejects with the first error once none is in flight; the error says whether records may be in the log anyway. If a
   * record is too large, the error names it and nothing of the send is written.
   */
  send(topic: string, records: readonly PlainRecord[]): Promise<readonly RecordPlace[]>
  /** How long the oldest send has been waiting, in milliseconds. */
  waitingMs(): number
  /** Waits briefly for records in flight; then rejects the rest. */
  close(): Promise<void>
}

const DELIVERY_TIMEOUT_MS_DEFAULT = 120_000
const BUFFERED_BYTES_MAX_DEFAULT = 32 << 20
/** About the time in which a cluster detects a dead broker: waiting longer for its answer does not help. */
const PRODUCE_TIMEOUT_MS_MAX = 10_000
const CONNECT_MS = 5_000
const CLOSE_TIMEOUT_MS = 3_000

export function createPlainProducer(options: PlainProducerOptions): PlainProducer {
  const cluster = createCluster(options)
  const limits = createTopicLimits(cluster)
  const memory = createBatchMemory()
  const requestTimeoutMs = Math.min(cluster.requestTimeoutMs, PRODUCE_TIMEOUT_MS_MAX)
  const deliveryTimeoutMs = Math.max(options.deliveryTimeoutMs ?? DELIVERY_TIMEOUT_MS_DEFAULT, 2 * requestTimeoutMs)
  const bufferedBytesMax = options.bufferedBytesMax ?? BUFFERED_BYTES_MAX_DEFAULT
  const name = options.clientId
  const queues = new Map<string, PlainQueue>()
  /** Sends of one topic are accepted one after the other, which keeps the order of the calls. */
  const turns = new Map<string, Promise<unknown>>()
  /** Those that are not answered yet, the oldest first. */
  const sends = new Set<{ readonly since: number }>()
  let bufferedBytes = 0
  /** Sends wait here for room. */
  let room: PromiseWithResolvers<void> | undefined
  let closed = false

  const sender = createRecordSender<PlainQueue>(cluster, {
    channel: 'producer',
    name,
    requestTimeoutMs,
    retryMs: deliveryTimeoutMs,
    transactionalId: null,
    deliveryTimeoutMs,
    transactionVersion: () => 1,
    async prepare(fresh) {
      const identity = await takeIdentity()
      for (const queue of fresh) queue.identify(identity)
    },
    onFailure: refuseAll,
  })

  function takeIdentity(): Promise<ProducerIdentity> {
    return cluster.callAny({ where: `InitProducerId of ${name}`, retryMs: deliveryTimeoutMs }, (connection) =>
      initProducerIdV5.api.async(connection, null, 0x7fffffff),
    )
  }

  function refuseAll(error: KafkaError): void {
    for (const queue of queues.values()) queue.setAsideAll!(error)
    // After any error the next send starts afresh.
    if (!closed) void sender.stop()
  }

  function queueOf(topic: string, partition: number): PlainQueue {
    const key = `${topic}/${partition}`
    let queue = queues.get(key)
    if (!queue) {
      const batchBytesMax = () => limits.batchBytesMax(topic)
      const onTooLarge = () => void limits.ask(topic)
      queue = createPlainQueue({ topic, partition }, { memory, deliveryTimeoutMs, batchBytesMax, onTooLarge })
      queues.set(key, queue)
    }
    return queue
  }

  async function partitionCountOf(topic: string): Promise<number> {
    // A starting broker may not know all topics yet; a topic that stays unknown does not exist.
    const { leaders } = await retry(() => cluster.topic(topic), { deadline: deadlineIn(cluster.requestTimeoutMs) })
    return leaders.length
  }

  async function checkSizes(topic: string, records: readonly ReadyRecord[]): Promise<void> {
    let largest = 0
    for (const { loneBytes } of records) largest = Math.max(largest, loneBytes)
    let bytesMax = (await limits.allowed(topic)) ?? Infinity
    // The topic’s limit may have changed since it was read.
    if (largest > bytesMax) bytesMax = (await limits.ask(topic)) ?? Infinity
    const index = records.findIndex(({ loneBytes }) => loneBytes > bytesMax)
    if (index < 0) return
    const { key, loneBytes } = records[index]!
    const which = `Record ${index} of ${records.length} to ${topic}, of key ${JSON.stringify(key.toString())},`
    const message = `${which} takes ${loneBytes} bytes; ${bytesMax} are allowed. Raise the topic's max.message.bytes, or make the record smaller`
    throw new RecordTooLargeError(message, 'MESSAGE_TOO_LARGE', 'abortable')
  }

  function entryOf(record: ReadyRecord, index: number, since: number, pending: PendingSend): PlainEntry {
    const leave = () => {
      bufferedBytes -= record.bytes
      makeRoom()
    }
    return {
      ...record,
      since,
      settle(offset) {
        leave()
        pending.settle(index, { partition: record.partition, offset })
      },
      refuse(error) {
        leave()
        pending.refuse(error)
      },
    }
  }

  async function roomFor(bytes: number): Promise<void> {
    while (bufferedBytes > 0 && bufferedBytes + bytes > bufferedBytesMax && !closed) {
      room ??= Promise.withResolvers()
      await room.promise
    }
  }

  function makeRoom(): void {
    room?.resolve()
    room = undefined
  }

  async function takeIn(
    topic: string,
    records: readonly PlainRecord[],
    since: number,
    pending: PendingSend,
  ): Promise<void> {
    const partitionCount = await partitionCountOf(topic)
    const ready = records.map((record) => readyRecord(topic, record, partitionCount))
    await checkSizes(topic, ready)
    for (const [index, record] of ready.entries()) {
      if (bufferedBytes + record.bytes > bufferedBytesMax) await roomFor(record.bytes)
      const entry = entryOf(record, index, since, pending)
      bufferedBytes += record.bytes
      if (closed) entry.refuse(new ClientClosedError(`Sending to ${topic}`))
      else {
        const queue = queueOf(topic, record.partition)
        queue.add(entry)
        sender.enqueue(queue)
      }
    }
  }

  return {
    async connect() {
      await retry(() => cluster.refresh([]), { deadline: deadlineIn(Math.min(CONNECT_MS, cluster.requestTimeoutMs)) })
    },
    async send(topic, records) {
      if (records.length === 0) return []
      const since = performance.now()
      const pending = createPendingSend(records.length)
      const send = { since }
      sends.add(send)
      const turn = (turns.get(topic) ?? Promise.resolve()).then(() => takeIn(topic, records, since, pending))
      turns.set(
        topic,
        turn.catch(() => undefined),
      )
      try {
        await turn
        return await pending.done
      } finally {
        sends.delete(send)
      }
    },
    waitingMs() {
      const [oldest] = sends
      return oldest === undefined ? 0 : performance.now() - oldest.since
    },
    async close() {
      await atMost(
        CLOSE_TIMEOUT_MS,
        sender.drained().catch(() => undefined),
      )
      closed = true
      makeRoom()
      refuseAll(new ClientClosedError(`Producing of ${name}`))
      await Promise.all([sender.stop(), cluster.close()])
    },
  }
}
