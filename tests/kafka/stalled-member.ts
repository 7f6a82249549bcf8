import { parentPort, workerData } from 'node:worker_threads'
import { createKafkaClient } from '../../kafka/kafka-client.ts'

/** A thread with a group member whose event loop stalls in the middle of a transaction until `gate` is set. */
export interface StalledMember {
  readonly brokers: readonly string[]
  readonly groupId: string
  readonly topic: string
  readonly sessionTimeoutMs: number
  readonly transactionalId: string
  readonly gate: Int32Array
}

/** What happened after the stall: names of errors, and the partitions reported as lost. */
export interface StalledMemberReport {
  readonly metadata: string
  readonly sendOffsets: string
  readonly lost: readonly number[]
}

const { brokers, groupId, topic, sessionTimeoutMs, transactionalId, gate } = workerData as StalledMember
const nameOf = (error: unknown): string => (error instanceof Error ? error.name : String(error))
const client = createKafkaClient({ brokers, clientId: 'stalled' })
const lost = Promise.withResolvers<readonly number[]>()

const group = await client.joinGroup({
  groupId,
  topics: [topic],
  sessionTimeoutMs,
  heartbeatIntervalMs: 100,
  onAssigned: () => Promise.resolve(),
  onRevoked: () => Promise.resolve(),
  onLost: (partitions) => Promise.resolve(lost.resolve(partitions)),
  onFatal: (error) => lost.reject(error),
})
const producer = client.transactionalProducer(transactionalId)
await producer.init()
producer.begin()
producer.append(topic, 0, Date.now(), null, Buffer.from('by the stalled member'))
await producer.flush()
const before = group.metadata()

parentPort!.postMessage('stalling')
Atomics.wait(gate, 0, 0)

let metadata = 'none'
try {
  // In the very turn in which it wakes: no timer has run yet, and no heartbeat has failed.
  group.metadata()
} catch (error) {
  metadata = nameOf(error)
}
const sendOffsets = await producer.sendOffsets(before, [{ topic, partition: 0, offset: 99 }]).then(() => 'none', nameOf)
await producer.abort()
parentPort!.postMessage({ metadata, sendOffsets, lost: await lost.promise } satisfies StalledMemberReport)
await client.close()
