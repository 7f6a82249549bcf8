import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { createArrivals } from './arrivals.ts'
import type { Fetcher, FetcherOptions, StartPosition, TopicPartition } from '../client.ts'
import type { Cluster, PartitionLeader } from '../cluster/cluster.ts'
import { ClientClosedError, errorOfCode, errorOfWire, KafkaError } from '../errors.ts'
import { sendFetch, type PartitionAnswer } from './fetch-request.ts'
import { createFetchedPartition, type FetchedPartition } from './fetched-partition.ts'
import { listOffset } from './offsets.ts'
import { offsetGone, topicReplaced } from './position-errors.ts'
import { pauseMs } from '../cluster/retry.ts'

const OFFSET_OUT_OF_RANGE = 1
const OFFSET_NOT_AVAILABLE = 78
const RESPONSE_BYTES_MAX = 50 << 20
/** A batch damaged in each attempt is damaged on the broker’s disk. */
const CORRUPT_ANSWERS_MAX = 5
/** Longer than a change of leader takes. */
const FAILING_FOR_MS = 15_000

/** Whose leader is known. */
type LocatedPartition = FetchedPartition & { readonly topicId: string; readonly leader: PartitionLeader }

/**
 * One request at a time to each node that leads an assigned partition. A partition is requested while the buffer has
 * room, or while it has nothing buffered itself: none starves, and the bound is `bufferedBytesMax` plus one
 * `partitionBytesMax` per partition.
 */
export function createFetcher(cluster: Cluster, options: FetcherOptions = {}): Fetcher {
  const committedOnly = (options.isolation ?? 'read_committed') === 'read_committed'
  const bufferedBytesMax = options.bufferedBytesMax ?? 32 << 20
  const settings = {
    waitMs: options.waitMs ?? 100,
    partitionBytesMax: options.partitionBytesMax ?? 1 << 20,
    responseBytesMax: RESPONSE_BYTES_MAX,
    committedOnly,
  }
  const channel = `fetch-${randomUUID()}`
  const closing = new AbortController()
  const partitions = new Map<string, FetchedPartition>()
  const busyNodes = new Set<number>()
  const arrivals = createArrivals()
  let bufferedBytes = 0
  /** Which call of `assign` is the latest for a partition while positions are looked up. */
  const latestAssigns = new Map<string, symbol>()

  /** Affects no other partition. */
  function fail(partition: FetchedPartition, error: KafkaError): void {
    partition.fatal = error
    options.onArrival?.(partition.topic, partition.partition)
    arrivals.wakeAll()
  }

  function wanted(partition: FetchedPartition): boolean {
    if (partition.paused || partition.backingOff || partition.fatal !== undefined) return false
    return bufferedBytes < bufferedBytesMax || partition.first === undefined
  }

  /** Starts a request to every node that is free and has something that is wanted. */
  function pump(): void {
    if (closing.signal.aborted) return
    const ready: LocatedPartition[] = []
    for (const partition of partitions.values()) {
      if (!wanted(partition)) continue
      if (!isLocated(partition)) void locate(partition)
      else if (!busyNodes.has(partition.leader.nodeId)) ready.push(partition)
    }
    for (const [nodeId, list] of Map.groupBy(ready, ({ leader }) => leader.nodeId)) {
      busyNodes.add(nodeId)
      void fetchFrom(nodeId, list).finally(() => {
        busyNodes.delete(nodeId)
        pump()
      })
    }
  }

  /**
   * Other partitions go on meanwhile. A leader is looked up only if no request to the former one is pending, so that
   * answers never overtake each other: an aborted transaction would otherwise end before it is announced, and then
   * never.
   */
  async function locate(partition: FetchedPartition): Promise<void> {
    const { topic, partition: number } = partition
    partition.backingOff = true
    try {
      const leader = await cluster.leaderOf(topic, number)
      const { topicId } = await cluster.topic(topic)
      partition.topicId ??= topicId
      if (partition.topicId !== topicId) throw topicReplaced(partition, topicId)
      partition.leader = leader
      partition.backingOff = false
      // Partitions assigned in one turn share a request; otherwise each would wait for a request of the one before.
      setImmediate(pump)
    } catch (error) {
      await backOff(partition, error)
    }
  }

  async function fetchFrom(nodeId: number, list: readonly LocatedPartition[]): Promise<void> {
    // Only the first of a request is sure to get a batch that is larger than the limits, so each has its turn.
    const first = list[0]!
    partitions.delete(keyOf(first))
    partitions.set(keyOf(first), first)
    const fetches = list.map(({ topicId, partition, leader: { leaderEpoch }, fetchOffset }) => ({
      topicId,
      partition,
      leaderEpoch,
      offset: fetchOffset,
    }))
    try {
      const call = { channel, where: `Fetch from node ${nodeId}`, signal: closing.signal }
      const answer = await cluster.call(nodeId, call, (connection) => sendFetch(connection, fetches, settings))
      if (answer.errorCode !== 0) throw errorOfCode(answer.errorCode, call.where)
      for (const partition of list) {
        const own = answer.partitions.find((one) => one.partition === partition.partition && one.topicId === partition.topicId)
        if (own !== undefined && isAssigned(partition)) accept(partition, own)
      }
    } catch (error) {
      for (const partition of list) void backOff(partition, error)
    }
  }

  /** A failure of one partition is no other's. */
  function accept(partition: FetchedPartition, answer: PartitionAnswer): void {
    const { topic, partition: number } = partition
    if (answer.errorCode === OFFSET_OUT_OF_RANGE) return void outOfRange(partition)
    if (answer.errorCode !== 0) return void backOff(partition, errorOfCode(answer.errorCode, `Fetch of ${topic}-${number}`))
    const bufferedBefore = partition.bufferedBytes
    const offsetBefore = partition.fetchOffset
    let moved = false
    try {
      moved = partition.accept(answer)
      partition.failures = 0
      partition.failing = undefined
      partition.heardAt = Date.now()
    } catch (error) {
      // Batches before the unreadable one are still delivered.
      moved = partition.fetchOffset !== offsetBefore
      void backOff(partition, error)
    }
    bufferedBytes += partition.bufferedBytes - bufferedBefore
    if (moved) {
      arrivals.notify()
      options.onArrival?.(topic, number)
    }
  }

  /** The broker does not say with this error which offsets it has. */
  async function outOfRange(partition: FetchedPartition): Promise<void> {
    partition.backingOff = true
    const { topic, partition: number, fetchOffset } = partition
    try {
      const [begin, end] = await Promise.all([
        listOffset(cluster, partition, 'earliest'),
        listOffset(cluster, partition, 'latest'),
      ])
      // A new leader may not have known its log’s end yet.
      if (begin <= fetchOffset && fetchOffset <= end)
        return await backOff(partition, errorOfCode(OFFSET_NOT_AVAILABLE, `Fetch of ${topic}-${number}`))
      if (isAssigned(partition)) fail(partition, offsetGone(partition, begin, end))
    } catch (error) {
      await backOff(partition, error)
    }
  }

  /** Backs off from a partition after a failure, longer with each; it fails for good if retries can’t help. */
  async function backOff(partition: FetchedPartition, thrown: unknown): Promise<void> {
    if (closing.signal.aborted || !isAssigned(partition)) return
    const error = errorOfWire(thrown, `Fetch of ${partition.topic}-${partition.partition}`)
    const corrupt = error.code === 'CORRUPT_MESSAGE' && partition.failures >= CORRUPT_ANSWERS_MAX
    if (error.kind !== 'retriable' || corrupt) return fail(partition, error)
    partition.failing = { since: partition.failing?.since ?? performance.now(), error }
    partition.backingOff = true
    partition.leader = undefined
    cluster.invalidate(partition.topic)
    await delay(pauseMs(partition.failures++), undefined, { signal: closing.signal }).catch(() => {})
    partition.backingOff = false
    pump()
  }

  function isAssigned(partition: FetchedPartition): boolean {
    return partitions.get(keyOf(partition)) === partition
  }

  async function resolve(partition: TopicPartition, position: StartPosition): Promise<number> {
    if (typeof position === 'number') return position
    return listOffset(cluster, partition, position === 'latest' && committedOnly ? 'latest_stable' : position)
  }

  function get(topic: string, partition: number): FetchedPartition | undefined {
    const known = partitions.get(keyOf({ topic, partition }))
    if (known?.fatal !== undefined) throw known.fatal
    return known
  }

  function throwFatal(): void {
    for (const { fatal } of partitions.values()) if (fatal !== undefined) throw fatal
  }

  function forget(partition: TopicPartition): void {
    latestAssigns.delete(keyOf(partition))
    const known = partitions.get(keyOf(partition))
    if (known === undefined) return
    bufferedBytes -= known.bufferedBytes
    partitions.delete(keyOf(partition))
  }

  return {
    async assign(partition, position, topicId) {
      if (closing.signal.aborted) throw new ClientClosedError(`Assigning ${partition.topic}-${partition.partition}`)
      forget(partition)
      const assign = Symbol()
      latestAssigns.set(keyOf(partition), assign)
      const offset = await resolve(partition, position)
      if (latestAssigns.get(keyOf(partition)) !== assign) return
      latestAssigns.delete(keyOf(partition))
      partitions.set(keyOf(partition), createFetchedPartition(partition, offset, committedOnly, topicId))
      pump()
    },
    unassign: forget,
    pause(partition) {
      const known = get(partition.topic, partition.partition)
      if (known !== undefined) known.paused = true
    },
    resume(partition) {
      const known = get(partition.topic, partition.partition)
      if (known !== undefined) known.paused = false
      pump()
    },
    assigned: () => [...partitions.values()].map(({ topic, partition }) => ({ topic, partition })),
    peek: (topic, partition) => get(topic, partition)?.first,
    take(topic, partition) {
      const known = get(topic, partition)
      const before = bufferedBytes
      const batch = known?.take()
      if (batch !== undefined) {
        bufferedBytes -= batch.bytes.length
        if (known!.first === undefined || (before >= bufferedBytesMax && bufferedBytes < bufferedBytesMax)) pump()
      }
      return batch
    },
    position(topic, partition) {
      const known = get(topic, partition)
      if (known === undefined)
        throw new KafkaError(`${topic}-${partition} is not assigned to this fetcher`, 'ILLEGAL_STATE', 'abortable')
      return known.position
    },
    endOffset: (topic, partition) => get(topic, partition)?.endOffset,
    heardAt: (topic, partition) => get(topic, partition)?.heardAt,
    failing(topic, partition) {
      const failing = get(topic, partition)?.failing
      return failing !== undefined && performance.now() - failing.since > FAILING_FOR_MS ? failing.error : undefined
    },
    async wait(timeoutMs) {
      throwFatal()
      // Without it a caller that waits for something that can’t arrive would never yield.
      if (closing.signal.aborted) throw new ClientClosedError('Waiting for records')
      await arrivals.wait(timeoutMs)
      throwFatal()
    },
    async close() {
      closing.abort()
      partitions.clear()
      latestAssigns.clear()
      bufferedBytes = 0
      arrivals.wakeAll()
      await cluster.closeChannel(channel)
    },
  }
}

function isLocated(partition: FetchedPartition): partition is LocatedPartition {
  return partition.leader !== undefined
}

function keyOf({ topic, partition }: TopicPartition): string {
  return `${topic}\u0000${partition}`
}
