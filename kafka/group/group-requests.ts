import { heartbeatV4, joinGroupV9, leaveGroupV5, syncGroupV5 } from '@platformatic/kafka'
import type { Connection } from '@platformatic/kafka'
import type { Cluster } from '../cluster/cluster.ts'
import type { CallOptions } from '../cluster/node-calls.ts'
import { errorOfWire } from '../errors.ts'
import type { ClaimingMember } from './group-assignment.ts'
import { decodeAssignment, decodeSubscription, encodeAssignment, encodeSubscription } from './group-codec.ts'
import type { Assignment, Subscription } from './group-codec.ts'

/** The member’s identity in a generation of its group. */
export interface Membership {
  readonly memberId: string
  readonly generationId: number
}

export interface Joined extends Membership {
  /** Set only for the leader, and only if it has to assign partitions. */
  readonly toAssign: readonly ClaimingMember[] | undefined
}

/**
 * The requests of one member, in the classic group protocol that every broker supports (KIP-345 for static members).
 */
export interface GroupRequests {
  /**
   * Joins the group; waits for the other members to join too. `known` is called with the member id as soon as the
   * coordinator has assigned one.
   */
  join(memberId: string, subscription: Subscription, known: (memberId: string) => void): Promise<Joined>
  /** Resolves with this member's assignment. The leader passes everybody's. */
  sync(membership: Membership, assignment: ReadonlyMap<string, Assignment>): Promise<Assignment>
  heartbeat(membership: Membership): Promise<void>
  leave(memberId: string): Promise<void>
  /** Breaks off a pending join or sync. */
  cancelJoin(): Promise<void>
  close(): Promise<void>
}

export interface GroupRequestsOptions {
  readonly groupId: string
  readonly groupInstanceId: string | null
  readonly topics: readonly string[]
  readonly sessionTimeoutMs: number
  readonly rebalanceTimeoutMs: number
  /** Ends the wait for another attempt. */
  readonly signal: AbortSignal
}

const PROTOCOL_TYPE = 'consumer'
const PROTOCOL_NAME = 'co-partitioned'
const LEAVE_TIMEOUT_MS = 3000
let memberCount = 0

export function createGroupRequests(cluster: Cluster, options: GroupRequestsOptions): GroupRequests {
  const { groupId, groupInstanceId, topics, sessionTimeoutMs, rebalanceTimeoutMs } = options
  const { joinCall, heartbeatCall } = callDefaults(cluster, options)

  const askCoordinator = <T>(call: CallOptions, request: (connection: Connection) => Promise<T>): Promise<T> =>
    cluster.callCoordinator('group', groupId, call, request)

  return {
    async join(memberId, subscription, known) {
      const call = { ...joinCall, where: `JoinGroup of ${groupId}` }
      const protocols = [{ name: PROTOCOL_NAME, metadata: encodeSubscription(subscription) }]
      let id = memberId
      const answer = await askCoordinator(call, (connection) => {
        const join = () =>
          joinGroupV9.api.async(
            connection,
            groupId,
            sessionTimeoutMs,
            rebalanceTimeoutMs,
            id,
            groupInstanceId,
            PROTOCOL_TYPE,
            protocols,
            null,
          )
        return joinWithAssignedId(call.where, join, (assignedId) => known((id = assignedId)))
      })
      known(answer.memberId)
      const leads = answer.leader === answer.memberId && !answer.skipAssignment
      const { generationId } = answer
      return { memberId: answer.memberId, generationId, toAssign: leads ? answer.members.map(claimOf) : undefined }
    },
    async sync({ memberId, generationId }, assignment) {
      const each = [...assignment].map(([id, own]) => ({
        memberId: id,
        assignment: encodeAssignment(topics, own),
      }))
      const answer = await askCoordinator({ ...joinCall, where: `SyncGroup of ${groupId}` }, (connection) =>
        syncGroupV5.api.async(
          connection,
          groupId,
          generationId,
          memberId,
          groupInstanceId,
          PROTOCOL_TYPE,
          PROTOCOL_NAME,
          each,
        ),
      )
      return decodeAssignment(answer.assignment)
    },
    async heartbeat({ memberId, generationId }) {
      await askCoordinator({ ...heartbeatCall, where: `Heartbeat of ${groupId}` }, (connection) =>
        heartbeatV4.api.async(connection, groupId, generationId, memberId, groupInstanceId),
      )
    },
    async leave(memberId) {
      const call = { ...heartbeatCall, retryMs: LEAVE_TIMEOUT_MS, where: `LeaveGroup of ${groupId}` }
      await askCoordinator(call, (connection) =>
        leaveGroupV5.api.async(connection, groupId, [{ memberId, groupInstanceId }]),
      )
    },
    cancelJoin: () => cluster.closeChannel(joinCall.channel),
    async close() {
      await Promise.all([cluster.closeChannel(joinCall.channel), cluster.closeChannel(heartbeatCall.channel)])
    },
  }
}

function callDefaults(
  cluster: Cluster,
  { groupId, sessionTimeoutMs, rebalanceTimeoutMs, signal }: GroupRequestsOptions,
): Record<'joinCall' | 'heartbeatCall', Omit<CallOptions, 'where'>> {
  const member = `${groupId} ${++memberCount}`
  return {
    // A join is answered once all members have joined: until then it must not block other requests or time out.
    joinCall: {
      channel: `join ${member}`,
      requestTimeoutMs: rebalanceTimeoutMs + cluster.requestTimeoutMs,
      signal,
    },
    // After a lost heartbeat there must be time for another within the session time-out.
    heartbeatCall: {
      channel: `heartbeat ${member}`,
      requestTimeoutMs: Math.min(cluster.requestTimeoutMs, Math.ceil(sessionTimeoutMs / 3)),
      retryMs: 0,
    },
  }
}

/**
 * Joins with the member id that the coordinator assigns. MEMBER_ID_REQUIRED carries the id for the next attempt, so
 * that a lost answer leaves no phantom member (KIP-394). It is no failure, so there is no back-off.
 */
async function joinWithAssignedId(
  where: string,
  join: () => Promise<joinGroupV9.JoinGroupResponse>,
  onAssigned: (memberId: string) => void,
): Promise<joinGroupV9.JoinGroupResponse> {
  try {
    return await join()
  } catch (error) {
    const assignedId = (error as { response?: joinGroupV9.JoinGroupResponse }).response?.memberId
    if (!assignedId) throw error
    onAssigned(assignedId)
    if (errorOfWire(error, where).code !== 'MEMBER_ID_REQUIRED') throw error
    return join()
  }
}

function claimOf({ memberId, groupInstanceId, metadata }: joinGroupV9.JoinGroupResponseMember): ClaimingMember {
  const { owned, generationId, standby } = decodeSubscription(metadata)
  return { memberId, groupInstanceId: groupInstanceId ?? null, owned, ownedInGeneration: generationId, standby }
}
