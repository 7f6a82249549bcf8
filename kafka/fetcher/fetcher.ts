import type { Fetcher, FetcherOptions, StartPosition, TopicPartition } from '../client.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { ClientClosedError, KafkaError } from '../errors.ts'
import { sendFetches } from './fetch-requests.ts'
import { createFetchedPartition } from './fetched-partition.ts'
import { assignedPartition, createFetcherState, keyOf, throwFatal, unassign } from './fetcher-state.ts'
import type { FetcherState, SharedWait } from './fetcher-state.ts'
import { listOffset } from './offsets.ts'

/** How long a fetch must keep failing before `failing` reports it: longer than a leader change takes. */
const FAILING_FOR_MS = 15_000

/**
 * Creates a fetcher. It has at most one request in flight to each node that leads an assigned partition; while no
 * records arrive, all fetchers of a client share one (`shared-wait.ts`). A partition is requested while the buffer has
 * room, or while it has nothing buffered itself. So no partition starves, and the buffer is bounded by
 * `bufferedBytesMax` plus one `partitionBytesMax` per partition.
 */
export function createFetcher(cluster: Cluster, options: FetcherOptions = {}, sharedWait?: SharedWait): Fetcher {
  const fetcher = createFetcherState(cluster, options, sharedWait, sendFetches)
  const { partitions, arrivals, closing, bufferedBytesMax } = fetcher
  const find = (topic: string, partition: number) => assignedPartition(fetcher, topic, partition)

  return {
    assign: (partition, position, topicId) => assign(fetcher, partition, position, topicId),
    unassign: (partition) => unassign(fetcher, partition),
    pause(partition) {
      const known = find(partition.topic, partition.partition)
      if (known !== undefined) known.paused = true
    },
    resume(partition) {
      const known = find(partition.topic, partition.partition)
      if (known !== undefined) known.paused = false
      sendFetches(fetcher)
    },
    assigned: () => [...partitions.values()].map(({ topic, partition }) => ({ topic, partition })),
    peek: (topic, partition) => find(topic, partition)?.first,
    take(topic, partition) {
      const known = find(topic, partition)
      const batch = known?.take()
      if (batch === undefined) return undefined
      const wasFull = fetcher.bufferedBytes >= bufferedBytesMax
      fetcher.bufferedBytes -= batch.bytes.length
      if (known!.first === undefined || (wasFull && fetcher.bufferedBytes < bufferedBytesMax)) sendFetches(fetcher)
      return batch
    },
    position(topic, partition) {
      const known = find(topic, partition)
      if (known === undefined)
        throw new KafkaError(`${topic}-${partition} is not assigned to this fetcher`, 'ILLEGAL_STATE', 'abortable')
      return known.position
    },
    endOffset: (topic, partition) => find(topic, partition)?.endOffset,
    lastResponseAt: (topic, partition) => find(topic, partition)?.lastResponseAt,
    failing(topic, partition) {
      const failing = find(topic, partition)?.failing
      return failing !== undefined && performance.now() - failing.since > FAILING_FOR_MS ? failing.error : undefined
    },
    async wait(timeoutMs) {
      throwFatal(fetcher)
      // Otherwise a caller that waits for a record in a loop would never yield.
      if (closing.signal.aborted) throw new ClientClosedError('Waiting for records')
      await arrivals.wait(timeoutMs)
      throwFatal(fetcher)
    },
    close: () => close(fetcher),
  }
}

async function assign(
  fetcher: FetcherState,
  partition: TopicPartition,
  position: StartPosition,
  topicId: string | undefined,
): Promise<void> {
  const { partitions, latestAssigns, closing, settings } = fetcher
  if (closing.signal.aborted) throw new ClientClosedError(`Assigning ${partition.topic}-${partition.partition}`)
  const key = keyOf(partition)
  unassign(fetcher, partition)
  const thisAssign = Symbol()
  latestAssigns.set(key, thisAssign)
  const offset = await startOffset(fetcher, partition, position)
  if (latestAssigns.get(key) !== thisAssign) return
  latestAssigns.delete(key)
  partitions.set(key, createFetchedPartition(partition, offset, settings.committedOnly, topicId))
  fetcher.emptyResponses = 0
  sendFetches(fetcher)
}

async function startOffset(
  { cluster, settings }: FetcherState,
  partition: TopicPartition,
  position: StartPosition,
): Promise<number> {
  if (typeof position === 'number') return position
  return listOffset(cluster, partition, position === 'latest' && settings.committedOnly ? 'latest_stable' : position)
}

async function close(fetcher: FetcherState): Promise<void> {
  const { cluster, channel, partitions, latestAssigns, arrivals, closing } = fetcher
  closing.abort()
  partitions.clear()
  latestAssigns.clear()
  fetcher.bufferedBytes = 0
  arrivals.wakeAll()
  await cluster.closeChannel(channel)
}
