import type { Group, GroupMetadata, GroupOptions } from '../client.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { backOff } from '../cluster/retry.ts'
import { ClientClosedError, GroupLostError, isTransient } from '../errors.ts'
import type { KafkaError } from '../errors.ts'
import { runGeneration } from './generation.ts'
import { createMemberState, reportLost, reportTrouble, stopMembership } from './member-state.ts'
import type { MemberState } from './member-state.ts'

/**
 * First attempt number for `backOff`, since the client has already tried for long or was denied a permission. The pause
 * starts at up to 64 ms and grows to a second.
 */
const FIRST_PAUSE = 5

export interface Member {
  readonly group: Group
  /** Resolves after the first assignment was passed to `onAssigned`; rejects if the member never gets one. */
  readonly assigned: Promise<void>
}

/**
 * Starts the life cycle of a member: join and sync, `onAssigned`, heartbeats until the group rebalances, `onRevoked`,
 * join again. All partitions are revoked before each join (the eager protocol), so that a partition never has two
 * owners.
 */
export function startMember(cluster: Cluster, options: GroupOptions): Member {
  const member = createMemberState(cluster, options)
  const { leaving, requests } = member
  const group: Group = {
    metadata: () => metadataOf(member),
    rejoin() {
      // Without a membership it is about to join anyway.
      if (member.membership !== undefined) member.ending.resolve()
    },
    async leave() {
      leaving.abort()
      // A join may wait long for other members, so it is cancelled. Without a membership there is nothing to revoke
      // first.
      if (!member.membership) await requests.cancelJoin()
      await ended
    },
  }
  const firstAssigned = Promise.withResolvers<void>()
  let isMember = false
  const ended = runGenerations(member, group, () => {
    isMember = true
    firstAssigned.resolve()
  })
    .then(
      () => firstAssigned.reject(new ClientClosedError(`Joining ${options.groupId}`)),
      async (error: unknown) => {
        stopMembership(member)
        await reportLost(member).catch(() => undefined)
        firstAssigned.reject(error as Error)
        if (isMember) options.onFatal(error as Error)
      },
    )
    .finally(() => finish(member))
  // Handles the rejection for a member that leaves before its first assignment: its caller may not await this.
  firstAssigned.promise.catch(() => undefined)
  return { group, assigned: firstAssigned.promise }
}

/** Runs one generation after another until the member leaves. */
async function runGenerations(member: MemberState, group: Group, onAssigned: () => void): Promise<void> {
  const { signal } = member.leaving
  let wasAssigned = false
  const assigned = (): void => {
    wasAssigned = true
    onAssigned()
  }
  for (let failures = 0; !signal.aborted;) {
    try {
      await runGeneration(member, group, assigned)
      failures = 0
    } catch (error) {
      const holdsNothing = member.membership === undefined && member.held.length === 0
      if (holdsNothing && signal.aborted) return
      // A member that was assigned before keeps retrying: the cluster may be unavailable for longer than one series of
      // attempts, and a permission may be granted again.
      if (!(holdsNothing && wasAssigned && isTransient(error))) throw error
      reportTrouble(member, error as KafkaError)
      await backOff(FIRST_PAUSE + failures++, signal)
    }
  }
}

async function finish(member: MemberState): Promise<void> {
  const { requests, options, memberId } = member
  stopMembership(member)
  // A static member returns within the session time-out, or is removed after it.
  if (memberId !== '' && options.groupInstanceId === undefined) await requests.leave(memberId).catch(() => undefined)
  await requests.close()
}

function metadataOf({ options, membership, heartbeat, sessionTimeoutMs }: MemberState): GroupMetadata {
  const { groupId, groupInstanceId = null } = options
  const advice = 'Drop what is uncommitted and wait for the next assignment'
  if (!membership) {
    const message = `Member of ${groupId}: it is in no generation now. ${advice}`
    throw new GroupLostError(message, 'NO_GENERATION', 'abortable')
  }
  if (heartbeat?.expired()) {
    const message = `Member of ${groupId}: no heartbeat was answered for ${sessionTimeoutMs} ms, so another may own its partitions. ${advice}`
    throw new GroupLostError(message, 'SESSION_EXPIRED', 'abortable')
  }
  return { groupId, groupInstanceId, ...membership }
}
