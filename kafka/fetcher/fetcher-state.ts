import { randomUUID } from 'node:crypto'
import { createArrivals } from './arrivals.ts'
import type { Arrivals } from './arrivals.ts'
import type { FetcherOptions, TopicPartition } from '../client.ts'
import type { Cluster } from '../cluster/cluster.ts'
import type { PartitionLeader } from '../cluster/topic-metadata.ts'
import type { FetchedPartition } from './fetched-partition.ts'
import type { FetchSettings, PartitionFetch } from './fetch-request.ts'

export const RESPONSE_BYTES_MAX = 50 << 20

/** State shared by the steps of one fetcher: its calls, its requests, its failures. */
export interface FetcherState {
  readonly cluster: Cluster
  readonly settings: FetchSettings
  /** Of one partition in an answer. */
  readonly partitionBytesMax: number
  /** Where it waits with others while nothing comes; `undefined`: by itself. */
  readonly sharedWait: SharedWait | undefined
  /** Asks for everything that is wanted and not asked for yet. */
  readonly fetchWanted: (fetcher: FetcherState) => void
  readonly bufferedBytesMax: number
  readonly onArrival: FetcherOptions['onArrival']
  readonly channel: string
  readonly closing: AbortController
  /** The assigned partitions by `keyOf`; those asked for longest ago come first. */
  readonly partitions: Map<string, FetchedPartition>
  /** Which call of `assign` is the latest for a partition while positions are looked up. */
  readonly latestAssigns: Map<string, symbol>
  /** Nodes with a request in flight. */
  readonly busyNodes: Set<number>
  readonly arrivals: Arrivals
  bufferedBytes: number
  /** Answers in a row that brought nothing, since a partition was assigned. */
  emptyAnswers: number
  /** Answers to the shared request that brought something, in a row without a pause, and when the last one came. */
  sharedAnswers: { count: number; at: number }
}

/** Partitions of several fetchers for which nothing comes: they wait at each broker in one request. */
export interface SharedWait {
  /** How long a request may wait, ms, so that it ends when those of the others do: together they can become one. */
  untilMeeting(): number
  /** A request of that fetcher waits until the meeting, and may join then. Returns what is to be called when it ends. */
  announce(nodeId: number): () => void
  /**
   * Asks for the partitions from now on, until something comes for their fetcher more than now and then. `false`: it
   * can't before the next meeting.
   */
  join(nodeId: number, fetcher: FetcherState, partitions: readonly LocatedPartition[]): boolean
}

/** Whose leader is known. */
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
  fetchWanted: FetcherState['fetchWanted'],
): FetcherState {
  return {
    cluster,
    sharedWait,
    fetchWanted,
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
    emptyAnswers: 0,
    sharedAnswers: { count: 0, at: 0 },
  }
}

export function keyOf({ topic, partition }: TopicPartition): string {
  return `${topic}\u0000${partition}`
}

/** A partition that is assigned while a request waits is not in it, so the wait is short until nothing has come for a while. */
const IDLE_WAIT_MS = 500
/** After so many answers that bring nothing, a fetcher waits with the others of its client. */
const EMPTY_ANSWERS_MIN = 3

/** Whether nothing has come for a while. */
export function isQuiet({ sharedWait, emptyAnswers }: FetcherState): boolean {
  return sharedWait !== undefined && emptyAnswers > EMPTY_ANSWERS_MIN
}

/** Whether it is quiet once its next request brings nothing. */
export function isNearlyQuiet({ sharedWait, emptyAnswers }: FetcherState): boolean {
  return sharedWait !== undefined && emptyAnswers >= EMPTY_ANSWERS_MIN
}

/** How long the broker may wait for records: the longer, the less it costs that nothing comes. */
export function waitMsNow(fetcher: FetcherState): number {
  const { settings, emptyAnswers, sharedWait, cluster } = fetcher
  if (isNearlyQuiet(fetcher)) return Math.min(sharedWait!.untilMeeting(), Math.floor(cluster.requestTimeoutMs / 2))
  return Math.max(settings.waitMs, Math.min(IDLE_WAIT_MS, settings.waitMs * (emptyAnswers + 1)))
}

/** Whether it is still this assignment of the partition. */
export function isAssigned({ partitions }: FetcherState, partition: FetchedPartition): boolean {
  return partitions.get(keyOf(partition)) === partition
}

/** Whether more of the partition may be fetched now. */
export function isWanted({ bufferedBytes, bufferedBytesMax }: FetcherState, partition: FetchedPartition): boolean {
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

/** `undefined`: it is not assigned. Throws the error that ended it. */
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
