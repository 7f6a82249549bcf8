import { randomUUID } from 'node:crypto'
import { createArrivals } from './arrivals.ts'
import type { Arrivals } from './arrivals.ts'
import type { FetcherOptions, TopicPartition } from '../client.ts'
import type { Cluster } from '../cluster/cluster.ts'
import type { PartitionLeader } from '../cluster/topic-metadata.ts'
import type { FetchedPartition } from './fetched-partition.ts'
import type { FetchSettings, PartitionFetch } from './fetch-request.ts'

export const RESPONSE_BYTES_MAX = 50 << 20

/** State shared by the steps of one fetcher: calls, requests, failures. */
export interface FetcherState {
  readonly cluster: Cluster
  readonly settings: FetchSettings
  /** Maximum bytes of one partition in an answer. */
  readonly partitionBytesMax: number
  /** Request shared with other fetchers while no records arrive; `undefined` if the fetcher always asks by itself. */
  readonly sharedWait: SharedWait | undefined
  /** Requests every wanted partition that is not part of a request in flight. */
  readonly sendFetches: (fetcher: FetcherState) => void
  readonly bufferedBytesMax: number
  readonly onArrival: FetcherOptions['onArrival']
  readonly channel: string
  readonly closing: AbortController
  /** Assigned partitions by `keyOf`, least recently requested first. */
  readonly partitions: Map<string, FetchedPartition>
  /** The latest call of `assign` for each partition whose position is still being looked up. */
  readonly latestAssigns: Map<string, symbol>
  /** Nodes with a request in flight. */
  readonly busyNodes: Set<number>
  readonly arrivals: Arrivals
  bufferedBytes: number
  /** Consecutive empty answers since a partition was assigned. */
  emptyResponses: number
  /**
   * Consecutive non-empty answers of the shared request, without a pause between them, and the time of the last one.
   */
  sharedResponses: { count: number; at: number }
}

/** Idle partitions of several fetchers, which wait at each broker in one shared request. */
export interface SharedWait {
  /**
   * Returns the wait in ms after which a request ends together with those of the other fetchers, so that they can be
   * merged.
   */
  msUntilBoundary(): number
  /**
   * Announces that the fetcher's own request waits until the next meeting and may join then. Returns a function to call
   * when that request ends.
   */
  announce(nodeId: number): () => void
  /**
   * Adds the partitions to the shared request, until their fetcher gets more than occasional records. Returns false if
   * that is impossible before the next meeting.
   */
  join(nodeId: number, fetcher: FetcherState, partitions: readonly LocatedPartition[]): boolean
}

/** A partition whose leader is known. */
export type LocatedPartition = FetchedPartition & { readonly topicId: string; readonly leader: PartitionLeader }

export function isLocated(partition: FetchedPartition): partition is LocatedPartition {
  return partition.leader !== undefined
}

export function fetchOf({ partitionBytesMax }: FetcherState, partition: LocatedPartition): PartitionFetch {
  const { topicId, partition: number, leader, fetchOffset } = partition
  return {
    topicId,
    partition: number,
    leaderEpoch: leader.leaderEpoch,
    offset: fetchOffset,
    bytesMax: partitionBytesMax,
  }
}

export function createFetcherState(
  cluster: Cluster,
  options: FetcherOptions,
  sharedWait: SharedWait | undefined,
  sendFetches: FetcherState['sendFetches'],
): FetcherState {
  return {
    cluster,
    sharedWait,
    sendFetches,
    partitionBytesMax: options.partitionBytesMax ?? 1 << 20,
    settings: {
      waitMs: options.waitMs ?? 100,
      responseBytesMax: RESPONSE_BYTES_MAX,
      committedOnly: (options.isolation ?? 'read_committed') === 'read_committed',
    },
    bufferedBytesMax: options.bufferedBytesMax ?? 32 << 20,
    onArrival: options.onArrival,
    channel: `fetch-${randomUUID()}`,
    closing: new AbortController(),
    partitions: new Map(),
    latestAssigns: new Map(),
    busyNodes: new Set(),
    arrivals: createArrivals(),
    bufferedBytes: 0,
    emptyResponses: 0,
    sharedResponses: { count: 0, at: 0 },
  }
}

export function keyOf({ topic, partition }: TopicPartition): string {
  return `${topic}\u0000${partition}`
}

/**
 * A partition assigned while a request waits is not part of it, so waits stay short until nothing has come for a while.
 */
const IDLE_WAIT_MS = 500
/** A fetcher with more consecutive empty answers than this joins the shared request of its client. */
const EMPTY_ANSWERS_MIN = 3

/** Whether the fetcher has been idle long enough to join the shared request. */
export function isIdle({ sharedWait, emptyResponses }: FetcherState): boolean {
  return sharedWait !== undefined && emptyResponses > EMPTY_ANSWERS_MIN
}

/** Whether the fetcher becomes quiet if its next request brings nothing. */
export function isNearlyIdle({ sharedWait, emptyResponses }: FetcherState): boolean {
  return sharedWait !== undefined && emptyResponses >= EMPTY_ANSWERS_MIN
}

/** Returns how long the broker may wait for records: longer waits make idle fetchers cheaper. */
export function waitMsNow(fetcher: FetcherState): number {
  const { settings, emptyResponses, sharedWait, cluster } = fetcher
  if (isNearlyIdle(fetcher)) return Math.min(sharedWait!.msUntilBoundary(), Math.floor(cluster.requestTimeoutMs / 2))
  return Math.max(settings.waitMs, Math.min(IDLE_WAIT_MS, settings.waitMs * (emptyResponses + 1)))
}

/** Whether this object is still the current assignment of its partition. */
export function isAssigned({ partitions }: FetcherState, partition: FetchedPartition): boolean {
  return partitions.get(keyOf(partition)) === partition
}

/** Whether more of the partition may be fetched now. */
export function isFetchable({ bufferedBytes, bufferedBytesMax }: FetcherState, partition: FetchedPartition): boolean {
  if (partition.paused || partition.backingOff || partition.fatal !== undefined) return false
  return bufferedBytes < bufferedBytesMax || partition.first === undefined
}

export function unassign(fetcher: FetcherState, partition: TopicPartition): void {
  fetcher.latestAssigns.delete(keyOf(partition))
  const known = fetcher.partitions.get(keyOf(partition))
  if (known === undefined) return
  fetcher.bufferedBytes -= known.bufferedBytes
  fetcher.partitions.delete(keyOf(partition))
}

/** Returns the partition, `undefined` if it is not assigned. Throws the error that ended it. */
export function assignedPartition(
  fetcher: FetcherState,
  topic: string,
  partition: number,
): FetchedPartition | undefined {
  const known = fetcher.partitions.get(keyOf({ topic, partition }))
  if (known?.fatal !== undefined) throw known.fatal
  return known
}

export function throwFatal({ partitions }: FetcherState): void {
  for (const { fatal } of partitions.values()) if (fatal !== undefined) throw fatal
}
