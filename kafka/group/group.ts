import type { Group, GroupMetadata, GroupOptions } from '../client.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { ClientClosedError, GroupLostError, KafkaError, errorOfCode, passesByItself } from '../errors.ts'
import { assignStickyAndEven, checkAssignment } from './group-assignment.ts'
import { startHeartbeat } from './group-heartbeat.ts'
import type { Heartbeat, MembershipEnd } from './group-heartbeat.ts'
import { createGroupRequests } from './group-requests.ts'
import type { Joined, Membership } from './group-requests.ts'
import { backOff, deadlineIn, retry } from '../cluster/retry.ts'

const SESSION_TIMEOUT_MS_DEFAULT = 30_000
const REBALANCE_TIMEOUT_MS_DEFAULT = 60_000
const HEARTBEAT_INTERVAL_MS_DEFAULT = 3000
/** Of `pauseMs`: the client has tried for long already, or was refused. 64 ms, and at last a second. */
const FIRST_PAUSE = 5

export interface Member {
  readonly group: Group
  /** Resolves after the first assignment was handed to `onAssigned`; rejects where it never comes to one. */
  readonly assigned: Promise<void>
}

/**
 * The life cycle of a member: join and sync, `onAssigned`, heartbeats until the group rebalances, `onRevoked`, join
 * again. All partitions are revoked before each join (the eager protocol), so that no two members ever own a partition.
 */
export function startMember(cluster: Cluster, options: GroupOptions): Member {
  const { groupId, topics } = options
  const groupInstanceId = options.groupInstanceId ?? null
  const sessionTimeoutMs = options.sessionTimeoutMs ?? SESSION_TIMEOUT_MS_DEFAULT
  const rebalanceTimeoutMs = options.rebalanceTimeoutMs ?? REBALANCE_TIMEOUT_MS_DEFAULT
  const intervalMs = Math.min(
    options.heartbeatIntervalMs ?? HEARTBEAT_INTERVAL_MS_DEFAULT,
    Math.ceil(sessionTimeoutMs / 3),
  )
  const leaving = new AbortController()
  const requests = createGroupRequests(cluster, {
    groupId,
    groupInstanceId,
    topics,
    sessionTimeoutMs,
    rebalanceTimeoutMs,
    signal: leaving.signal,
  })

  let memberId = ''
  let membership: Membership | undefined
  let heartbeat: Heartbeat | undefined
  /** Partitions passed to `onAssigned` and not yet revoked. */
  let held: readonly number[] = []
  /** What was owned last, and when: the hint that lets it come back here. */
  let hint: { readonly owned: readonly number[]; readonly generationId: number } = { owned: [], generationId: -1 }
  let found: MembershipEnd | undefined
  let isTroubled = false
  let somethingFound = Promise.withResolvers<void>()
  leaving.signal.addEventListener('abort', () => somethingFound.resolve())

  function beginMembership(joined: Joined, partitions: readonly number[]): void {
    membership = { memberId: joined.memberId, generationId: joined.generationId }
    held = partitions
    hint = { owned: partitions, generationId: joined.generationId }
    found = undefined
    somethingFound = Promise.withResolvers()
    if (leaving.signal.aborted) somethingFound.resolve()
    const send = () => requests.heartbeat(joined)
    heartbeat = startHeartbeat({ intervalMs, sessionTimeoutMs, send, onEnd: endMembership, onRefused: tell })
    tell(undefined)
  }

  function tell(trouble: KafkaError | undefined): void {
    if (trouble !== undefined || isTroubled) options.onTrouble?.(trouble)
    isTroubled = trouble !== undefined
  }

  function endMembership(end: MembershipEnd): void {
    found = end
    // From now on nothing may be committed in this generation: `metadata` refuses before `onLost` is even called.
    if (end.kind !== 'rebalance') membership = undefined
    if (end.kind === 'lost' && end.forgotten) memberId = ''
    somethingFound.resolve()
  }

  /**
   * Joins until the coordinator accepts an assignment. Nothing is owned meanwhile, so a rejected generation loses
   * nothing.
   */
  async function enter(): Promise<{ readonly joined: Joined; readonly partitions: readonly number[] }> {
    for (;;) {
      leaving.signal.throwIfAborted()
      try {
        const partitionCount = await countPartitions(cluster, topics, leaving.signal)
        const joined = await requests.join(memberId, { topics, ...hint }, (id) => (memberId = id))
        const assignment = joined.toAssign ? assign(joined.toAssign, partitionCount) : new Map<string, number[]>()
        return { joined, partitions: await requests.sync(joined, assignment) }
      } catch (error) {
        if (!(error instanceof GroupLostError)) throw error
        if (error.code === 'UNKNOWN_MEMBER_ID') memberId = ''
      }
    }
  }

  function assign(members: NonNullable<Joined['toAssign']>, partitionCount: number): Map<string, number[]> {
    if (!options.assign) return assignStickyAndEven(members, partitionCount)
    const assignment = options.assign(members, partitionCount)
    checkAssignment(assignment, members, partitionCount)
    return assignment
  }

  /** Reports that the owned partitions may have another owner already. */
  async function lose(): Promise<void> {
    const lost = held
    held = []
    if (lost.length > 0) await options.onLost(lost)
  }

  /** One generation, from the join until its partitions are revoked. */
  async function liveOnce(onAssigned: () => void): Promise<void> {
    const { joined, partitions } = await enter()
    beginMembership(joined, partitions)
    await options.onAssigned(partitions, group)
    onAssigned()
    await somethingFound.promise
    // The latest finding counts: a member may be removed while it still starts its partitions.
    if (found?.kind === 'fatal') throw found.error
    if (found?.kind === 'lost') await lose()
    else {
      await options.onRevoked(partitions)
      held = []
    }
    heartbeat?.stop()
    membership = undefined
  }

  async function live(onAssigned: () => void): Promise<void> {
    let wasAssigned = false
    const assigned = (): void => {
      wasAssigned = true
      onAssigned()
    }
    for (let failures = 0; !leaving.signal.aborted;) {
      try {
        await liveOnce(assigned)
        failures = 0
      } catch (error) {
        const holdsNothing = membership === undefined && held.length === 0
        if (holdsNothing && leaving.signal.aborted) return
        // A former member keeps retrying: the cluster may be unavailable for longer than one series of attempts, and a
        // permission may be granted again.
        if (!(holdsNothing && wasAssigned && passesByItself(error))) throw error
        tell(error as KafkaError)
        await backOff(FIRST_PAUSE + failures++, leaving.signal)
      }
    }
  }

  async function finish(): Promise<void> {
    heartbeat?.stop()
    membership = undefined
    // A static member returns within the session, or is removed after it.
    if (memberId !== '' && groupInstanceId === null) await requests.leave(memberId).catch(() => undefined)
    await requests.close()
  }

  const group: Group = {
    metadata(): GroupMetadata {
      const advice = 'Drop what is uncommitted and wait for the next assignment'
      if (!membership)
        throw new GroupLostError(
          `Member of ${groupId}: it is in no generation now. ${advice}`,
          'NO_GENERATION',
          'abortable',
        )
      if (heartbeat?.expired()) {
        const message = `Member of ${groupId}: no heartbeat was answered for ${sessionTimeoutMs} ms, so another may own its partitions. ${advice}`
        throw new GroupLostError(message, 'SESSION_EXPIRED', 'abortable')
      }
      return { groupId, groupInstanceId, ...membership }
    },
    async leave() {
      leaving.abort()
      // A join may wait long for other members; without a membership there is nothing to revoke first.
      if (!membership) await requests.cancelJoin()
      await ended
    },
  }

  const firstAssigned = Promise.withResolvers<void>()
  let isMember = false
  const ended = live(() => {
    isMember = true
    firstAssigned.resolve()
  })
    .then(
      () => firstAssigned.reject(new ClientClosedError(`Joining ${groupId}`)),
      async (error: unknown) => {
        heartbeat?.stop()
        membership = undefined
        await lose().catch(() => undefined)
        firstAssigned.reject(error as Error)
        if (isMember) options.onFatal(error as Error)
      },
    )
    .finally(finish)
  // A member that leaves before its first assignment does not wait for it.
  firstAssigned.promise.catch(() => undefined)
  return { group, assigned: firstAssigned.promise }
}

/** All topics of a group are co-partitioned: rejects (fatal) where their partition counts differ. */
async function countPartitions(cluster: Cluster, topics: readonly string[], signal: AbortSignal): Promise<number> {
  const ask = async () => {
    const found = await cluster.refresh(topics)
    const missing = topics.filter((name) => !found.some((topic) => topic.name === name))
    if (missing.length > 0) throw errorOfCode(3, `Metadata of ${missing.join(', ')}`)
    return found
  }
  const found = await retry(ask, { deadline: deadlineIn(cluster.requestTimeoutMs), signal })
  const counts = new Set(found.map(({ leaders }) => leaders.length))
  if (counts.size === 1) return found[0]!.leaders.length
  const each = found.map(({ name, leaders }) => `${name} ${leaders.length}`).join(', ')
  const message = `The topics of a group must have equally many partitions, but they have: ${each}. Create them again with equal counts`
  throw new KafkaError(message, 'UNEQUAL_PARTITION_COUNTS', 'fatal')
}
