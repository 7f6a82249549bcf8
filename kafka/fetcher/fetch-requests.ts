import type { PartitionLeader } from '../cluster/topic-metadata.ts'
import { errorOfCode } from '../errors.ts'
import { sendFetch, type PartitionAnswer } from './fetch-request.ts'
import type { FetchedPartition } from './fetched-partition.ts'
import { isAssigned, isWanted, keyOf, waitMsNow } from './fetcher-state.ts'
import type { FetcherState } from './fetcher-state.ts'
import { backOffFrom, checkRange } from './partition-failures.ts'
import { topicReplaced } from './position-errors.ts'

const OFFSET_OUT_OF_RANGE = 1

/** Whose leader is known. */
type LocatedPartition = FetchedPartition & { readonly topicId: string; readonly leader: PartitionLeader }

/** Starts a request to every node that is free and has something that is wanted. */
export function fetchWanted(fetcher: FetcherState): void {
  if (fetcher.closing.signal.aborted) return
  const ready: LocatedPartition[] = []
  for (const partition of fetcher.partitions.values()) {
    if (!isWanted(fetcher, partition)) continue
    if (!isLocated(partition)) void locate(fetcher, partition)
    else if (!fetcher.busyNodes.has(partition.leader.nodeId)) ready.push(partition)
  }
  for (const [nodeId, list] of Map.groupBy(ready, ({ leader }) => leader.nodeId)) {
    fetcher.busyNodes.add(nodeId)
    void fetchFrom(fetcher, nodeId, list).finally(() => {
      fetcher.busyNodes.delete(nodeId)
      fetchWanted(fetcher)
    })
  }
}

function isLocated(partition: FetchedPartition): partition is LocatedPartition {
  return partition.leader !== undefined
}

/**
 * Other partitions go on meanwhile. A leader is looked up only if no request to the former one is pending, so that
 * answers never overtake each other: an aborted transaction would otherwise end before it is announced, and then never.
 */
async function locate(fetcher: FetcherState, partition: FetchedPartition): Promise<void> {
  const { topic, partition: number } = partition
  partition.backingOff = true
  try {
    const leader = await fetcher.cluster.leaderOf(topic, number)
    const { topicId } = await fetcher.cluster.topic(topic)
    partition.topicId ??= topicId
    if (partition.topicId !== topicId) throw topicReplaced(partition, topicId)
    partition.leader = leader
    partition.backingOff = false
    // Partitions assigned in one turn share a request; otherwise each would wait for a request of the one before.
    setImmediate(fetchWanted, fetcher)
  } catch (error) {
    retryAfterPause(fetcher, partition, error)
  }
}

async function fetchFrom(fetcher: FetcherState, nodeId: number, list: readonly LocatedPartition[]): Promise<void> {
  const { cluster, partitions, channel, closing, settings } = fetcher
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
    let moved = false
    const waiting = { ...settings, waitMs: waitMsNow(fetcher) }
    const answer = await cluster.call(nodeId, call, (connection) => sendFetch(connection, fetches, waiting))
    if (answer.errorCode !== 0) throw errorOfCode(answer.errorCode, call.where)
    for (const partition of list) {
      const own = answer.partitions.find(
        (one) => one.partition === partition.partition && one.topicId === partition.topicId,
      )
      if (own !== undefined && isAssigned(fetcher, partition) && accept(fetcher, partition, own)) moved = true
    }
    fetcher.emptyAnswers = moved ? 0 : fetcher.emptyAnswers + 1
  } catch (error) {
    for (const partition of list) retryAfterPause(fetcher, partition, error)
  }
}

/** A failure of one partition is no other's. Returns whether something came. */
function accept(fetcher: FetcherState, partition: FetchedPartition, answer: PartitionAnswer): boolean {
  const { topic, partition: number } = partition
  if (answer.errorCode !== 0) {
    if (answer.errorCode === OFFSET_OUT_OF_RANGE) retryAfter(fetcher, checkRange(fetcher, partition))
    else retryAfterPause(fetcher, partition, errorOfCode(answer.errorCode, `Fetch of ${topic}-${number}`))
    return false
  }
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
    retryAfterPause(fetcher, partition, error)
  }
  fetcher.bufferedBytes += partition.bufferedBytes - bufferedBefore
  if (moved) {
    fetcher.arrivals.notify()
    fetcher.onArrival?.(topic, number)
  }
  return moved
}

function retryAfterPause(fetcher: FetcherState, partition: FetchedPartition, error: unknown): void {
  retryAfter(fetcher, backOffFrom(fetcher, partition, error))
}

function retryAfter(fetcher: FetcherState, pause: Promise<void>): void {
  void pause.then(() => fetchWanted(fetcher))
}
