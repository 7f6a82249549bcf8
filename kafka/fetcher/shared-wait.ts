import type { Cluster } from '../cluster/cluster.ts'
import { errorOfCode } from '../errors.ts'
import { placeOf, sendFetch, type FetchAnswer, type PartitionFetch } from './fetch-request.ts'
import { createFetchSession, type FetchSession } from './fetch-session.ts'
import type { FetchedPartition } from './fetched-partition.ts'
import {
  fetchOf,
  isAssigned,
  isLocated,
  isWanted,
  RESPONSE_BYTES_MAX,
  type FetcherState,
  type LocatedPartition,
  type SharedWait,
} from './fetcher-state.ts'
import { createMeetings, MEETING_MS, untilMeeting, type Meetings } from './meetings.ts'
import { failsNoMore, retryAfterPause, takeAnswer } from './take-answer.ts'

/**
 * Two answers that bring something within that time are one occurrence, such as a tick in every partition; more mean
 * that a fetcher is at work again and asks by itself, without those for which nothing comes.
 */
const PAUSE_MS = 2_000
const ANSWERS_MAX = 2

/** The partitions that wait at one broker. */
interface WaitingNode {
  readonly nodeId: number
  readonly channel: string
  readonly members: Map<FetchedPartition, FetcherState>
  readonly session: FetchSession
  /** A request that waits can't be joined: who came would not be asked for until it ends. */
  phase: 'at rest' | 'meeting' | 'waiting'
  /** With fetchers whose own requests wait. */
  readonly meetings: Meetings
}

/** One for all fetchers of a client with the same isolation. */
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
      phase: 'at rest',
      meetings: createMeetings(),
    }
    nodes.set(nodeId, node)
    return node
  }

  return {
    untilMeeting,
    announce: (nodeId) => nodeOf(nodeId).meetings.announce(),
    join(nodeId, fetcher, partitions) {
      const node = nodeOf(nodeId)
      if (node.phase === 'waiting') return false
      for (const partition of partitions) {
        partition.shared = true
        node.members.set(partition, fetcher)
      }
      if (node.phase === 'meeting') return true
      node.phase = 'meeting'
      // Fetchers that join in one turn share the first request too.
      setImmediate(() => void askWhileAny(cluster, node, committedOnly))
      return true
    },
  }
}

async function askWhileAny(cluster: Cluster, node: WaitingNode, committedOnly: boolean): Promise<void> {
  for (;;) {
    const list = presentOf(node)
    if (list.length === 0) {
      // In the same turn: who joins from now on starts it again.
      node.phase = 'at rest'
      return
    }
    try {
      const asked = lowestOf(list)
      const answer = await ask(cluster, node, [...asked.values()], committedOnly)
      if (answer !== undefined) hand(node, list, asked, answer)
    } catch (error) {
      node.session.forget()
      for (const [partition, fetcher] of list) {
        leave(node, partition)
        retryAfterPause(fetcher, partition, error)
      }
    }
  }
}

/** Who is still to be asked for; the others leave. */
function presentOf(node: WaitingNode): (readonly [LocatedPartition, FetcherState])[] {
  const list: (readonly [LocatedPartition, FetcherState])[] = []
  for (const [partition, fetcher] of node.members) {
    const isPresent = isAssigned(fetcher, partition) && isWanted(fetcher, partition)
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
 * By `placeOf`. Several fetchers may read a partition, one of them behind the others: it is asked for from there, and
 * the others wait until it has come as far.
 */
function lowestOf(list: readonly (readonly [LocatedPartition, FetcherState])[]): ReadonlyMap<string, PartitionFetch> {
  const lowest = new Map<string, PartitionFetch>()
  for (const [partition, fetcher] of list) {
    const fetch = fetchOf(fetcher, partition)
    const other = lowest.get(placeOf(fetch))
    if (other === undefined || fetch.offset < other.offset) lowest.set(placeOf(fetch), fetch)
  }
  return lowest
}

/** `undefined`: the broker has forgotten the session, and is to be asked again. */
async function ask(
  cluster: Cluster,
  node: WaitingNode,
  asked: readonly PartitionFetch[],
  committedOnly: boolean,
): Promise<FetchAnswer | undefined> {
  const { nodeId, channel, session } = node
  const { fetches, fields } = session.next(asked)
  node.phase = node.meetings.isOn() ? 'meeting' : 'waiting'
  const waitMs =
    node.phase === 'meeting' ? MEETING_MS : Math.min(untilMeeting(), Math.floor(cluster.requestTimeoutMs / 2))
  const settings = { waitMs, responseBytesMax: RESPONSE_BYTES_MAX, committedOnly }
  const call = { channel, where: `Fetch from node ${nodeId}` }
  const answer = await cluster.call(nodeId, call, (connection) => sendFetch(connection, fetches, settings, fields))
  if (!session.answered(answer)) return undefined
  if (answer.errorCode !== 0) throw errorOfCode(answer.errorCode, call.where)
  return answer
}

/** Nothing is said of partitions about which nothing is new: they can be read. */
function hand(
  node: WaitingNode,
  list: readonly (readonly [LocatedPartition, FetcherState])[],
  asked: ReadonlyMap<string, PartitionFetch>,
  { partitions }: FetchAnswer,
): void {
  const now = Date.now()
  const moved = new Set<FetcherState>()
  for (const [partition, fetcher] of list) {
    if (!isAssigned(fetcher, partition)) continue
    const answer = partitions.get(placeOf(partition))
    const askedFrom = asked.get(placeOf(partition))!.offset
    if (answer !== undefined) {
      if (takeAnswer(fetcher, partition, answer, askedFrom)) moved.add(fetcher)
      continue
    }
    failsNoMore(partition)
    if (partition.fetchOffset === askedFrom) partition.heardAt = now
  }
  const atWork = [...moved].filter(isAtWork)
  for (const [partition, fetcher] of list) if (atWork.includes(fetcher)) leave(node, partition)
  for (const fetcher of atWork) {
    fetcher.emptyAnswers = 0
    fetcher.fetchWanted(fetcher)
  }
}

/** Something has come for the fetcher: whether more than now and then. */
function isAtWork({ sharedAnswers }: FetcherState): boolean {
  const now = performance.now()
  sharedAnswers.count = now - sharedAnswers.at > PAUSE_MS ? 1 : sharedAnswers.count + 1
  sharedAnswers.at = now
  return sharedAnswers.count > ANSWERS_MAX
}
