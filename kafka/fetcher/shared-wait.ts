import type { Cluster } from '../cluster/cluster.ts'
import { errorOfCode } from '../errors.ts'
import { partitionKey, sendFetch, type FetchResponse, type PartitionFetch } from './fetch-request.ts'
import { createFetchSession, type FetchSession } from './fetch-session.ts'
import type { FetchedPartition } from './fetched-partition.ts'
import {
  fetchOf,
  isAssigned,
  isLocated,
  isFetchable,
  RESPONSE_BYTES_MAX,
  type FetcherState,
  type LocatedPartition,
  type SharedWait,
} from './fetcher-state.ts'
import { createAlignedWaits, BOUNDARY_GRACE_MS, msUntilBoundary, type AlignedWaits } from './aligned-waits.ts'
import { clearFailures, retryAfterPause, handlePartitionResponse } from './handle-response.ts'

/**
 * More than ANSWERS_MAX non-empty answers, each within PAUSE_MS of the one before, mean that a fetcher is busy again:
 * it then sends its own requests. Fewer count as one occurrence, such as a tick in every partition.
 */
const PAUSE_MS = 2_000
const ANSWERS_MAX = 2

/** The partitions waiting at one broker. */
interface WaitingNode {
  readonly nodeId: number
  readonly channel: string
  readonly members: Map<FetchedPartition, FetcherState>
  readonly session: FetchSession
  /** A request in flight (`waiting`) can't be joined: a new partition would not be fetched until it ends. */
  phase: 'idle' | 'joining' | 'waiting'
  /** Aligns this wait with fetchers whose own requests wait at the broker. */
  readonly alignedWaits: AlignedWaits
}

/** Creates the shared wait of all fetchers of a client with the same isolation level. */
export function createSharedWait(cluster: Cluster, committedOnly: boolean): SharedWait {
  const nodes = new Map<number, WaitingNode>()

  function nodeOf(nodeId: number): WaitingNode {
    const known = nodes.get(nodeId)
    if (known !== undefined) return known
    const channel = `shared-fetch-${committedOnly ? 'committed' : 'all'}`
    const session = createFetchSession()
    const node: WaitingNode = {
      nodeId,
      channel,
      session,
      members: new Map(),
      phase: 'idle',
      alignedWaits: createAlignedWaits(),
    }
    nodes.set(nodeId, node)
    return node
  }

  return {
    msUntilBoundary,
    announce: (nodeId) => nodeOf(nodeId).alignedWaits.announce(),
    join(nodeId, fetcher, partitions) {
      const node = nodeOf(nodeId)
      if (node.phase === 'waiting') return false
      for (const partition of partitions) {
        partition.shared = true
        node.members.set(partition, fetcher)
      }
      if (node.phase === 'joining') return true
      node.phase = 'joining'
      // Fetchers that join in the same turn share the first request too.
      setImmediate(() => void fetchWhileAny(cluster, node, committedOnly))
      return true
    },
  }
}

async function fetchWhileAny(cluster: Cluster, node: WaitingNode, committedOnly: boolean): Promise<void> {
  for (;;) {
    const list = fetchablePartitions(node)
    if (list.length === 0) {
      // Set in the same turn as the check, so that the next fetcher to join restarts the loop.
      node.phase = 'idle'
      return
    }
    try {
      const asked = lowestOf(list)
      const answer = await sendSharedFetch(cluster, node, [...asked.values()], committedOnly)
      if (answer !== undefined) distribute(node, list, asked, answer)
    } catch (error) {
      node.session.reset()
      for (const [partition, fetcher] of list) {
        leave(node, partition)
        retryAfterPause(fetcher, partition, error)
      }
    }
  }
}

/** Returns the partitions that are still to be requested and removes the others. */
function fetchablePartitions(node: WaitingNode): (readonly [LocatedPartition, FetcherState])[] {
  const list: (readonly [LocatedPartition, FetcherState])[] = []
  for (const [partition, fetcher] of node.members) {
    const isPresent = isAssigned(fetcher, partition) && isFetchable(fetcher, partition)
    if (isPresent && isLocated(partition) && partition.leader.nodeId === node.nodeId) list.push([partition, fetcher])
    else leave(node, partition)
  }
  return list
}

function leave(node: WaitingNode, partition: FetchedPartition): void {
  partition.shared = false
  node.members.delete(partition)
}

/**
 * Returns the lowest requested offset of each partition, by `placeOf`. If several fetchers read a partition, it is
 * requested from the position of the slowest, and the others wait until that one has caught up.
 */
function lowestOf(list: readonly (readonly [LocatedPartition, FetcherState])[]): ReadonlyMap<string, PartitionFetch> {
  const lowest = new Map<string, PartitionFetch>()
  for (const [partition, fetcher] of list) {
    const fetch = fetchOf(fetcher, partition)
    const other = lowest.get(partitionKey(fetch))
    if (other === undefined || fetch.offset < other.offset) lowest.set(partitionKey(fetch), fetch)
  }
  return lowest
}

/** Sends one shared request; `undefined` if the broker has lost the session and has to be asked again. */
async function sendSharedFetch(
  cluster: Cluster,
  node: WaitingNode,
  asked: readonly PartitionFetch[],
  committedOnly: boolean,
): Promise<FetchResponse | undefined> {
  const { nodeId, channel, session } = node
  const { fetches, fields } = session.next(asked)
  node.phase = node.alignedWaits.isExpecting() ? 'joining' : 'waiting'
  const waitMs =
    node.phase === 'joining' ? BOUNDARY_GRACE_MS : Math.min(msUntilBoundary(), Math.floor(cluster.requestTimeoutMs / 2))
  const settings = { waitMs, responseBytesMax: RESPONSE_BYTES_MAX, committedOnly }
  const call = { channel, where: `Fetch from node ${nodeId}` }
  const answer = await cluster.call(nodeId, call, (connection) => sendFetch(connection, fetches, settings, fields))
  if (!session.handleResponse(answer)) return undefined
  if (answer.errorCode !== 0) throw errorOfCode(answer.errorCode, call.where)
  return answer
}

/** Passes the answer to the fetchers. A partition that is missing from it has neither changes nor an error. */
function distribute(
  node: WaitingNode,
  list: readonly (readonly [LocatedPartition, FetcherState])[],
  asked: ReadonlyMap<string, PartitionFetch>,
  { partitions }: FetchResponse,
): void {
  const now = Date.now()
  const moved = new Set<FetcherState>()
  for (const [partition, fetcher] of list) {
    if (!isAssigned(fetcher, partition)) continue
    const answer = partitions.get(partitionKey(partition))
    const requestedOffset = asked.get(partitionKey(partition))!.offset
    if (answer !== undefined) {
      if (handlePartitionResponse(fetcher, partition, answer, requestedOffset)) moved.add(fetcher)
      continue
    }
    clearFailures(partition)
    if (partition.fetchOffset === requestedOffset) partition.lastResponseAt = now
  }
  const busy = [...moved].filter(isBusy)
  for (const [partition, fetcher] of list) if (busy.includes(fetcher)) leave(node, partition)
  for (const fetcher of busy) {
    fetcher.emptyResponses = 0
    fetcher.sendFetches(fetcher)
  }
}

/** Counts a non-empty answer; returns whether the fetcher gets more than occasional records. */
function isBusy({ sharedResponses }: FetcherState): boolean {
  const now = performance.now()
  sharedResponses.count = now - sharedResponses.at > PAUSE_MS ? 1 : sharedResponses.count + 1
  sharedResponses.at = now
  return sharedResponses.count > ANSWERS_MAX
}
