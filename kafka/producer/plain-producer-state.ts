import { initProducerIdV5 } from '@platformatic/kafka'
import { createBufferPool } from './buffer-pool.ts'
import type { BufferPool } from './buffer-pool.ts'
import { createBufferRoom } from './buffer-room.ts'
import type { BufferRoom } from './buffer-room.ts'
import type { ClientOptions } from '../client.ts'
import { createCluster } from '../cluster/cluster.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { createTopicLimits } from '../cluster/topic-limits.ts'
import type { TopicLimits } from '../cluster/topic-limits.ts'
import type { KafkaError } from '../errors.ts'
import { createPlainQueue } from './plain-queue.ts'
import type { PlainQueue } from './plain-queue.ts'
import { createRecordSender } from './record-sender.ts'
import type { RecordSender } from './record-sender.ts'

export interface PlainProducerOptions extends ClientOptions {
  /**
   * How long a record may stay unacknowledged before its send rejects. Default 120,000 ms; never less than it takes to
   * try a dead broker once and then its successor.
   */
  readonly deliveryTimeoutMs?: number
  /** Maximum bytes of unacknowledged records; a send waits for room. Default 32 MiB. */
  readonly bufferedBytesMax?: number
}

/** State shared by the sends of one plain producer. */
export interface PlainProducerState {
  readonly cluster: Cluster
  readonly limits: TopicLimits
  readonly memory: BufferPool
  /** Room for unacknowledged records. */
  readonly room: BufferRoom
  readonly deliveryTimeoutMs: number
  /** Keyed by topic and partition. */
  readonly queues: Map<string, PlainQueue>
  readonly sender: RecordSender<PlainQueue>
  closed: boolean
}

const DELIVERY_TIMEOUT_MS_DEFAULT = 120_000
const BUFFERED_BYTES_MAX_DEFAULT = 32 << 20
/** The request requires a time-out, although there is no transaction. */
const NO_TRANSACTION_TIMEOUT_MS = 0x7fffffff
/** About as long as a cluster takes to detect a dead broker: waiting longer for its answer does not help. */
const PRODUCE_TIMEOUT_MS_MAX = 10_000

export function createPlainProducerState(options: PlainProducerOptions): PlainProducerState {
  const { clientId: name } = options
  const cluster = createCluster(options)
  const requestTimeoutMs = Math.min(cluster.requestTimeoutMs, PRODUCE_TIMEOUT_MS_MAX)
  const deliveryTimeoutMs = Math.max(options.deliveryTimeoutMs ?? DELIVERY_TIMEOUT_MS_DEFAULT, 2 * requestTimeoutMs)
  const sender = createRecordSender<PlainQueue>(cluster, {
    channel: 'producer',
    name,
    requestTimeoutMs,
    retryMs: deliveryTimeoutMs,
    transactionalId: null,
    deliveryTimeoutMs,
    transactionVersion: () => 1,
    async prepare(fresh) {
      const call = { where: `InitProducerId of ${name}`, retryMs: deliveryTimeoutMs }
      const identity = await cluster.callAny(call, (connection) =>
        initProducerIdV5.api.async(connection, null, NO_TRANSACTION_TIMEOUT_MS),
      )
      for (const queue of fresh) queue.identify(identity)
    },
    onFailure: (error) => failAllQueues(producer, error),
  })
  const producer: PlainProducerState = {
    cluster,
    limits: createTopicLimits(cluster),
    memory: createBufferPool(),
    room: createBufferRoom(options.bufferedBytesMax ?? BUFFERED_BYTES_MAX_DEFAULT),
    deliveryTimeoutMs,
    queues: new Map(),
    sender,
    closed: false,
  }
  return producer
}

export function queueOf(producer: PlainProducerState, topic: string, partition: number): PlainQueue {
  const { queues, limits, memory, deliveryTimeoutMs } = producer
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

/** Rejects every unacknowledged record. The next send starts afresh, unless the producer is closed. */
export function failAllQueues({ queues, sender, closed }: PlainProducerState, error: KafkaError): void {
  for (const queue of queues.values()) queue.failAll!(error)
  if (!closed) void sender.stop()
}
