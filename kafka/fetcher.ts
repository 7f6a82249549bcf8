import { setTimeout as delay } from 'node:timers/promises'
import type { Fetcher, FetcherOptions, StartPosition, TopicPartition } from './client.ts'
import type { Cluster } from './cluster.ts'
import { ClientClosedError, errorOfCode, errorOfWire, KafkaError } from './errors.ts'
import { sendFetch, type PartitionAnswer, type PartitionFetch } from './fetch-request.ts'
import { createFetchedPartition, type FetchedPartition } from './fetched-partition.ts'
import { listOffset } from './offsets.ts'
import { pauseMs } from './retry.ts'

const OFFSET_OUT_OF_RANGE = 1
const RESPONSE_BYTES_MAX = 50 << 20
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
  let failures = 0
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
    return !partition.paused && (bufferedBytes < bufferedBytesMax || partition.first === undefined)
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
          const { topic, partition: number, fetchOffset: offset } = partition
          const { nodeId, leaderEpoch } = await cluster.leaderOf(topic, number)
          const { topicId } = await cluster.topic(topic)
          const list = byNode.get(nodeId) ?? []
          list.push({ partition, fetch: { topicId, partition: number, leaderEpoch, offset } })
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
    } catch (error) {
      // The leader could not be told: nobody is asked, so nobody would pump again.
      await backOff(error)
      pumpAgain = true
    } finally {
      pumping = false
    }
    if (pumpAgain && !closing.signal.aborted && fatal === undefined) void pump()
  }

  async function fetchFrom(
    nodeId: number,
    list: readonly { fetch: PartitionFetch; partition: FetchedPartition }[],
  ): Promise<void> {
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
      let worst: KafkaError | undefined
      for (const { partition, fetch } of list) {
        const own = answer.partitions.find((one) => one.partition === fetch.partition && one.topicId === fetch.topicId)
        if (own === undefined || partitions.get(keyOf(partition)) !== partition) continue
        worst = accept(partition, own) ?? worst
      }
      if (worst === undefined) failures = 0
      else await backOff(worst)
    } catch (error) {
      for (const { partition } of list) cluster.invalidate(partition.topic)
      await backOff(error)
    }
  }

  /** Returns an error that asks for another attempt; throws what none can mend. */
  function accept(partition: FetchedPartition, answer: PartitionAnswer): KafkaError | undefined {
    const { topic, partition: number } = partition
    if (answer.errorCode === OFFSET_OUT_OF_RANGE) {
      const message =
        `${topic}-${number}: the offset ${partition.fetchOffset} is gone or was never written; the log begins at ${answer.logStartOffset} and ends at ${answer.highWatermark}. ` +
        'Records were deleted before they were read: choose another position, and lengthen the topic’s retention'
      throw new KafkaError(message, 'OFFSET_OUT_OF_RANGE', 'fatal')
    }
    if (answer.errorCode !== 0) {
      const error = errorOfCode(answer.errorCode, `Fetch of ${topic}-${number}`)
      if (error.kind !== 'retriable') throw error
      cluster.invalidate(topic)
      return error
    }
    const bufferedBefore = partition.bufferedBytes
    const moved = partition.accept(answer)
    bufferedBytes += partition.bufferedBytes - bufferedBefore
    if (moved) {
      arrivals++
      wakeAll()
      options.onArrival?.(topic, number)
    }
    return undefined
  }

  async function backOff(thrown: unknown): Promise<void> {
    if (closing.signal.aborted) return
    const error = errorOfWire(thrown, 'Fetch')
    if (error.kind !== 'retriable') return fail(error)
    await delay(pauseMs(failures++), undefined, { signal: closing.signal }).catch(() => {})
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
    const known = partitions.get(keyOf(partition))
    if (known === undefined) return
    bufferedBytes -= known.bufferedBytes
    partitions.delete(keyOf(partition))
  }

  return {
    async assign(partition, position) {
      if (closing.signal.aborted) throw new ClientClosedError(`Assigning ${partition.topic}-${partition.partition}`)
      forget(partition)
      const offset = await resolve(partition, position)
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
      if (arrivals === arrivalsSeen && !closing.signal.aborted) {
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
      wakeAll()
      await cluster.closeLane(lane)
    },
  }
}

function keyOf({ topic, partition }: TopicPartition): string {
  return `${topic}\u0000${partition}`
}
