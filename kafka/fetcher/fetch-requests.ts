import { errorOfCode } from '../errors.ts'
import { partitionKey, sendFetch } from './fetch-request.ts'
import type { FetchedPartition } from './fetched-partition.ts'
import {
  fetchOf,
  isAssigned,
  isLocated,
  isNearlyIdle,
  isIdle,
  isFetchable,
  keyOf,
  waitMsNow,
  type FetcherState,
  type LocatedPartition,
} from './fetcher-state.ts'
import { topicReplaced } from './position-errors.ts'
import { retryAfterPause, handlePartitionResponse } from './handle-response.ts'

/** Sends a request to every node without one in flight that leads wanted partitions. */
export function sendFetches(fetcher: FetcherState): void {
  if (fetcher.closing.signal.aborted) return
  const ready: LocatedPartition[] = []
  for (const partition of fetcher.partitions.values()) {
    if (partition.shared || !isFetchable(fetcher, partition)) continue
    if (!isLocated(partition)) void locate(fetcher, partition)
    else if (!fetcher.busyNodes.has(partition.leader.nodeId)) ready.push(partition)
  }
  for (const [nodeId, list] of Map.groupBy(ready, ({ leader }) => leader.nodeId)) {
    if (isIdle(fetcher) && fetcher.sharedWait!.join(nodeId, fetcher, list)) continue
    fetcher.busyNodes.add(nodeId)
    void fetchFrom(fetcher, nodeId, list).finally(() => {
      fetcher.busyNodes.delete(nodeId)
      sendFetches(fetcher)
    })
  }
}

/**
 * Looks up the partition's leader; other partitions are fetched meanwhile. A look-up starts only if no request to the
 * former leader is pending, so that answers never overtake each other: otherwise an aborted transaction could end
 * before it is announced, and would then never end.
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
    // Lets partitions assigned in the same turn share a request; otherwise each would wait for the request of the one
    // before.
    setImmediate(sendFetches, fetcher)
  } catch (error) {
    retryAfterPause(fetcher, partition, error)
  }
}

async function fetchFrom(fetcher: FetcherState, nodeId: number, list: readonly LocatedPartition[]): Promise<void> {
  const { cluster, partitions, channel, closing, settings } = fetcher
  // Only the first partition of a request is sure to get a batch larger than the limits, so the order rotates.
  const first = list[0]!
  partitions.delete(keyOf(first))
  partitions.set(keyOf(first), first)
  const fetches = list.map((partition) => fetchOf(fetcher, partition))
  const met = isNearlyIdle(fetcher) ? fetcher.sharedWait!.announce(nodeId) : undefined
  try {
    const call = { channel, where: `Fetch from node ${nodeId}`, signal: closing.signal }
    let moved = false
    const waiting = { ...settings, waitMs: waitMsNow(fetcher) }
    const answer = await cluster.call(nodeId, call, (connection) => sendFetch(connection, fetches, waiting))
    if (answer.errorCode !== 0) throw errorOfCode(answer.errorCode, call.where)
    for (const [index, partition] of list.entries()) {
      const own = answer.partitions.get(partitionKey(partition))
      if (own === undefined || !isAssigned(fetcher, partition)) continue
      if (handlePartitionResponse(fetcher, partition, own, fetches[index]!.offset)) moved = true
    }
    fetcher.emptyResponses = moved ? 0 : fetcher.emptyResponses + 1
  } catch (error) {
    for (const partition of list) retryAfterPause(fetcher, partition, error)
  } finally {
    met?.()
  }
}
