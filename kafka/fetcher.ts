import { setTimeout as delay } from 'node:timers/promises'
import type { Fetcher, FetcherOptions, StartPosition, TopicPartition } from './client.ts'
import type { Cluster, PartitionLeader } from './cluster.ts'
import { ClientClosedError, errorOfCode, errorOfWire, KafkaError } from './errors.ts'
import { sendFetch, type PartitionAnswer, type PartitionFetch } from './fetch-request.ts'
import { createFetchedPartition, type FetchedPartition } from './fetched-partition.ts'
import { listOffset } from './offsets.ts'
import { pauseMs } from './retry.ts'

const OFFSET_OUT_OF_RANGE = 1
const OFFSET_NOT_AVAILABLE = 78
const RESPONSE_BYTES_MAX = 50 << 20
/** A batch that is damaged again each time is damaged on the broker's disk. */
const CORRUPT_ANSWERS_MAX = 5
let lanes = 0

/**
 * One request at a time to each node that leads an assigned partition. A partition is asked for while there is room in the buffer, or
 * while it has nothing buffered itself: so none starves another, and the bound is `bufferedBytesMax` and one `partitionBytesMax` for each partition.
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
  const lane = `fetch-${++lanes}`
  const closing = new AbortController()
  const partitions = new Map<string, FetchedPartition>()
  const busyNodes = new Set<number>()
  const waiting = new Set<() => void>()
  let bufferedBytes = 0
  let pumping = false
  let pumpAgain = false
  let arrivals = 0
  let arrivalsSeen = 0
  /** Which call of `assign` has the last word on a partition, while positions are looked up. */
  const latestAssigns = new Map<string, symbol>()
  let fatal: KafkaError | undefined

  function fail(error: KafkaError): void {
    fatal ??= error
    for (const { topic, partition } of partitions.values()) options.onArrival?.(topic, partition)
    wakeAll()
  }

  function wakeAll(): void {
    for (const wake of waiting) wake()
    waiting.clear()
  }

  function wanted(partition: FetchedPartition): boolean {
    return !partition.paused && !partition.resting && (bufferedBytes < bufferedBytesMax || partition.first === undefined)
  }

  /** Starts a request to every node that is free and has something that is wanted. */
  async function pump(): Promise<void> {
    pumpAgain = true
    if (pumping) return
    pumping = true
    try {
      while (pumpAgain && !closing.signal.aborted && fatal === undefined) {
        pumpAgain = false
        const byNode = new Map<number, { fetch: PartitionFetch; partition: FetchedPartition }[]>()
        for (const partition of [...partitions.values()].filter(wanted)) {
          const leader = await locate(partition).catch((error: unknown) => void rest(partition, error))
          if (leader === undefined) continue
          const { nodeId, leaderEpoch, topicId } = leader
          const list = byNode.get(nodeId) ?? []
          list.push({ partition, fetch: { topicId, partition: partition.partition, leaderEpoch, offset: partition.fetchOffset } })
          byNode.set(nodeId, list)
        }
        for (const [nodeId, list] of byNode) {
          if (busyNodes.has(nodeId)) continue
          busyNodes.add(nodeId)
          void fetchFrom(nodeId, list).finally(() => {
            busyNodes.delete(nodeId)
            void pump()
          })
        }
      }
    } finally {
      pumping = false
    }
  }

  async function locate(fetched: FetchedPartition): Promise<PartitionLeader & { readonly topicId: string }> {
    const { topic, partition } = fetched
    const leader = await cluster.leaderOf(topic, partition)
    const { topicId } = await cluster.topic(topic)
    fetched.topicId ??= topicId
    if (fetched.topicId === topicId) return { ...leader, topicId }
    const message =
      `${topic}-${partition}: the topic was deleted and made anew while it was read, and the offset ${fetched.fetchOffset} means nothing in the new one. ` +
      'Read it from its beginning, and make anew what was derived from the old one'
    throw new KafkaError(message, 'TOPIC_REPLACED', 'fatal')
  }

  async function fetchFrom(
    nodeId: number,
    list: readonly { fetch: PartitionFetch; partition: FetchedPartition }[],
  ): Promise<void> {
    // Only the first of a request is sure to get a batch that is larger than the limits, so each has its turn.
    const [first] = list
    if (first !== undefined && isAssigned(first.partition)) {
      partitions.delete(keyOf(first.partition))
      partitions.set(keyOf(first.partition), first.partition)
    }
    try {
      const call = { lane, where: `Fetch from node ${nodeId}`, signal: closing.signal }
      const answer = await cluster.call(nodeId, call, (connection) =>
        sendFetch(
          connection,
          list.map(({ fetch }) => fetch),
          settings,
        ),
      )
      if (answer.errorCode !== 0) throw errorOfCode(answer.errorCode, call.where)
      for (const { partition, fetch } of list) {
        const own = answer.partitions.find((one) => one.partition === fetch.partition && one.topicId === fetch.topicId)
        // An answer that another one overtook names aborted transactions whose end is read already: they would never be ended again.
        const expected = isAssigned(partition) && partition.fetchOffset === fetch.offset
        if (own !== undefined && expected) accept(partition, own)
      }
    } catch (error) {
      for (const { partition } of list) {
        cluster.invalidate(partition.topic)
        void rest(partition, error)
      }
    }
  }

  /** A failure of one partition is no other's. */
  function accept(partition: FetchedPartition, answer: PartitionAnswer): void {
    const { topic, partition: number } = partition
    if (answer.errorCode === OFFSET_OUT_OF_RANGE) return void outOfRange(partition)
    if (answer.errorCode !== 0) {
      cluster.invalidate(topic)
      return void rest(partition, errorOfCode(answer.errorCode, `Fetch of ${topic}-${number}`))
    }
    const bufferedBefore = partition.bufferedBytes
    const offsetBefore = partition.fetchOffset
    let moved = false
    try {
      moved = partition.accept(answer)
      partition.failures = 0
    } catch (error) {
      // What came before the batch that can't be read is there nevertheless.
      moved = partition.fetchOffset !== offsetBefore
      void rest(partition, error)
    }
    bufferedBytes += partition.bufferedBytes - bufferedBefore
    if (moved) {
      arrivals++
      wakeAll()
      options.onArrival?.(topic, number)
    }
  }

  /** The broker does not say with this error which offsets it has. */
  async function outOfRange(partition: FetchedPartition): Promise<void> {
    partition.resting = true
    const { topic, partition: number, fetchOffset } = partition
    try {
      const [begin, end] = await Promise.all([
        listOffset(cluster, partition, 'earliest'),
        listOffset(cluster, partition, 'latest'),
      ])
      // A broker that has just become the leader may not have known its log's end yet.
      if (begin <= fetchOffset && fetchOffset <= end)
        return await rest(partition, errorOfCode(OFFSET_NOT_AVAILABLE, `Fetch of ${topic}-${number}`))
      const message =
        `${topic}-${number}: the offset ${fetchOffset} is gone or was never written; the log begins at ${begin} and ends at ${end}. ` +
        'Records were deleted before they were read: choose another position, and lengthen the topic’s retention'
      if (isAssigned(partition)) fail(new KafkaError(message, 'OFFSET_OUT_OF_RANGE', 'fatal'))
    } catch (error) {
      await rest(partition, error)
    }
  }

  /** Leaves a partition alone for a moment after a failure, the longer the more there were; fails for good where none can mend it. */
  async function rest(partition: FetchedPartition, thrown: unknown): Promise<void> {
    if (closing.signal.aborted || !isAssigned(partition)) return
    const error = errorOfWire(thrown, `Fetch of ${partition.topic}-${partition.partition}`)
    const corrupt = error.code === 'CORRUPT_MESSAGE' && partition.failures >= CORRUPT_ANSWERS_MAX
    if (error.kind !== 'retriable' || corrupt) return fail(error)
    partition.resting = true
    await delay(pauseMs(partition.failures++), undefined, { signal: closing.signal }).catch(() => {})
    partition.resting = false
    void pump()
  }

  function isAssigned(partition: FetchedPartition): boolean {
    return partitions.get(keyOf(partition)) === partition
  }

  async function resolve(partition: TopicPartition, position: StartPosition): Promise<number> {
    if (typeof position === 'number') return position
    return listOffset(cluster, partition, position === 'latest' && committedOnly ? 'latest_stable' : position)
  }

  function get(topic: string, partition: number): FetchedPartition | undefined {
    if (fatal !== undefined) throw fatal
    return partitions.get(keyOf({ topic, partition }))
  }

  function forget(partition: TopicPartition): void {
    latestAssigns.delete(keyOf(partition))
    const known = partitions.get(keyOf(partition))
    if (known === undefined) return
    bufferedBytes -= known.bufferedBytes
    partitions.delete(keyOf(partition))
  }

  return {
    async assign(partition, position) {
      if (closing.signal.aborted) throw new ClientClosedError(`Assigning ${partition.topic}-${partition.partition}`)
      forget(partition)
      const assign = Symbol()
      latestAssigns.set(keyOf(partition), assign)
      const offset = await resolve(partition, position)
      if (latestAssigns.get(keyOf(partition)) !== assign) return
      latestAssigns.delete(keyOf(partition))
      partitions.set(keyOf(partition), createFetchedPartition(partition, offset, committedOnly))
      void pump()
    },
    unassign: forget,
    pause(partition) {
      const known = get(partition.topic, partition.partition)
      if (known !== undefined) known.paused = true
    },
    resume(partition) {
      const known = get(partition.topic, partition.partition)
      if (known !== undefined) known.paused = false
      void pump()
    },
    assigned: () => [...partitions.values()].map(({ topic, partition }) => ({ topic, partition })),
    peek: (topic, partition) => get(topic, partition)?.first,
    take(topic, partition) {
      const known = get(topic, partition)
      const before = bufferedBytes
      const batch = known?.take()
      if (batch !== undefined) {
        bufferedBytes -= batch.bytes.length
        if (known!.first === undefined || (before >= bufferedBytesMax && bufferedBytes < bufferedBytesMax)) void pump()
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
    async wait(timeoutMs) {
      if (fatal !== undefined) throw fatal
      // Else who goes on waiting for what can't come any more would never let go of the processor.
      if (closing.signal.aborted) throw new ClientClosedError('Waiting for records')
      if (arrivals === arrivalsSeen) {
        await new Promise<void>((wake) => {
          const timer = setTimeout(done, timeoutMs)
          function done() {
            clearTimeout(timer)
            waiting.delete(done)
            wake()
          }
          waiting.add(done)
        })
      }
      arrivalsSeen = arrivals
      if (fatal !== undefined) throw fatal
    },
    async close() {
      closing.abort()
      partitions.clear()
      latestAssigns.clear()
      bufferedBytes = 0
      wakeAll()
      await cluster.closeLane(lane)
    },
  }
}

function keyOf({ topic, partition }: TopicPartition): string {
  return `${topic}\u0000${partition}`
}
