import type { Cluster } from '../cluster/cluster.ts'
import { errorOfCode } from '../errors.ts'
import { placeOf, sendFetch, type FetchAnswer } from './fetch-request.ts'
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
import { retryAfterPause, takeAnswer } from './take-answer.ts'

/** Waits end at multiples of it: an answer of the broker, which says that nothing is missing, is never older. */
const PERIOD_MS = 1_000
/** Who comes to a meeting is waited for that long, in a request of those that are there. */
const MEETING_MS = 50
const MEETING_MS_MAX = 200
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
  /** How many fetchers are to come to each meeting, by its number. */
  readonly coming: Map<number, number>
}

/** One for all fetchers of a client with the same isolation. */
export function createSharedWait(cluster: Cluster, committedOnly: boolean): SharedWait {
  const nodes = new Map<number, WaitingNode>()

  function nodeOf(nodeId: number): WaitingNode {
    const known = nodes.get(nodeId)
    if (known !== undefined) return known
    const channel = `shared-fetch-${committedOnly ? 'committed' : 'all'}`
    const session = createFetchSession()
    const node: WaitingNode = { nodeId, channel, session, members: new Map(), phase: 'at rest', coming: new Map() }
    nodes.set(nodeId, node)
    return node
  }

  return {
    untilMeeting: () => msUntil(nextMeeting()),
    announce(nodeId) {
      const { coming } = nodeOf(nodeId)
      const meeting = nextMeeting()
      coming.set(meeting, (coming.get(meeting) ?? 0) + 1)
      return () => {
        const others = coming.get(meeting)! - 1
        if (others === 0) coming.delete(meeting)
        else coming.set(meeting, others)
      }
    },
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
      setImmediate(() => void askWhileAny(cluster, node, committedOnly).finally(() => (node.phase = 'at rest')))
      return true
    },
  }
}

/** Meetings are numbered from the start of the process. The next one is too early for who sets out just before it. */
function nextMeeting(): number {
  return Math.floor((performance.now() + MEETING_MS) / PERIOD_MS) + 1
}

function msUntil(meeting: number): number {
  return Math.ceil(meeting * PERIOD_MS - performance.now())
}

/** Whether someone is still to come to the meeting that has begun, or is about to. */
function isMeeting({ coming }: WaitingNode): boolean {
  const now = performance.now()
  const meeting = Math.floor((now + MEETING_MS) / PERIOD_MS)
  return coming.has(meeting) && now - meeting * PERIOD_MS < MEETING_MS_MAX
}

async function askWhileAny(cluster: Cluster, node: WaitingNode, committedOnly: boolean): Promise<void> {
  for (;;) {
    const list = presentOf(node)
    if (list.length === 0) return
    try {
      const answer = await ask(cluster, node, list, committedOnly)
      if (answer !== undefined) hand(node, list, answer)
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

/** `undefined`: the broker has forgotten the session, and is to be asked again. */
async function ask(
  cluster: Cluster,
  node: WaitingNode,
  list: readonly (readonly [LocatedPartition, FetcherState])[],
  committedOnly: boolean,
): Promise<FetchAnswer | undefined> {
  const { nodeId, channel, session } = node
  const { fetches, fields } = session.next(list.map(([partition, fetcher]) => fetchOf(fetcher, partition)))
  node.phase = isMeeting(node) ? 'meeting' : 'waiting'
  const waitMs = node.phase === 'meeting' ? MEETING_MS : msUntil(nextMeeting())
  const settings = { waitMs, responseBytesMax: RESPONSE_BYTES_MAX, committedOnly }
  const call = { channel, where: `Fetch from node ${nodeId}` }
  const answer = await cluster.call(nodeId, call, (connection) => sendFetch(connection, fetches, settings, fields))
  if (!session.answered(answer)) return undefined
  if (answer.errorCode !== 0) throw errorOfCode(answer.errorCode, call.where)
  return answer
}

/** Nothing is said of partitions about which nothing is new. */
function hand(
  node: WaitingNode,
  list: readonly (readonly [LocatedPartition, FetcherState])[],
  { partitions }: FetchAnswer,
): void {
  const now = Date.now()
  const moved = new Set<FetcherState>()
  for (const [partition, fetcher] of list) {
    if (!isAssigned(fetcher, partition)) continue
    const answer = partitions.get(placeOf(partition))
    if (answer === undefined) partition.heardAt = now
    else if (takeAnswer(fetcher, partition, answer)) moved.add(fetcher)
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
