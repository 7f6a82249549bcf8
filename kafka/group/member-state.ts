import type { GroupOptions } from '../client.ts'
import type { Cluster } from '../cluster/cluster.ts'
import type { KafkaError } from '../errors.ts'
import type { Heartbeat, MembershipEnd } from './group-heartbeat.ts'
import { createGroupRequests } from './group-requests.ts'
import type { GroupRequests, Membership } from './group-requests.ts'

/** State shared by the steps of one member of a group, across generations. */
export interface MemberState {
  readonly cluster: Cluster
  readonly options: GroupOptions
  readonly requests: GroupRequests
  readonly sessionTimeoutMs: number
  readonly heartbeatIntervalMs: number
  readonly leaving: AbortController
  /** Empty before the coordinator has assigned an id and after it has forgotten it. */
  memberId: string
  /** Membership in the current generation; `undefined` while the member is in none and may commit nothing. */
  membership: Membership | undefined
  heartbeat: Heartbeat | undefined
  /** Partitions passed to `onAssigned` and not yet revoked. */
  held: readonly number[]
  /** The partitions owned last, and in which generation: the hint that lets them come back to this member. */
  hint: { readonly owned: readonly number[]; readonly generationId: number }
  /** Why the generation ends for this member. */
  end: MembershipEnd | undefined
  /** Resolved once the generation ends for this member, or it leaves. */
  ending: PromiseWithResolvers<void>
  isTroubled: boolean
}

const SESSION_TIMEOUT_MS_DEFAULT = 30_000
const REBALANCE_TIMEOUT_MS_DEFAULT = 60_000
const HEARTBEAT_INTERVAL_MS_DEFAULT = 3000

export function createMemberState(cluster: Cluster, options: GroupOptions): MemberState {
  const {
    groupId,
    topics,
    groupInstanceId = null,
    sessionTimeoutMs = SESSION_TIMEOUT_MS_DEFAULT,
    rebalanceTimeoutMs = REBALANCE_TIMEOUT_MS_DEFAULT,
    heartbeatIntervalMs = HEARTBEAT_INTERVAL_MS_DEFAULT,
  } = options
  const leaving = new AbortController()
  const { signal } = leaving
  const member: MemberState = {
    cluster,
    options,
    requests: createGroupRequests(cluster, {
      groupId,
      groupInstanceId,
      topics,
      sessionTimeoutMs,
      rebalanceTimeoutMs,
      signal,
    }),
    sessionTimeoutMs,
    heartbeatIntervalMs: Math.min(heartbeatIntervalMs, Math.ceil(sessionTimeoutMs / 3)),
    leaving,
    memberId: '',
    membership: undefined,
    heartbeat: undefined,
    held: [],
    hint: { owned: [], generationId: -1 },
    end: undefined,
    ending: Promise.withResolvers(),
    isTroubled: false,
  }
  signal.addEventListener('abort', () => member.ending.resolve())
  return member
}

/** Reports why the member can't participate, or `undefined` once it can again. */
export function reportTrouble(member: MemberState, trouble: KafkaError | undefined): void {
  if (trouble !== undefined || member.isTroubled) member.options.onTrouble?.(trouble)
  member.isTroubled = trouble !== undefined
}

/** Ends the membership: the member belongs to no generation from now on. */
export function stopMembership(member: MemberState): void {
  member.heartbeat?.stop()
  member.membership = undefined
}

/** Reports that the owned partitions may have another owner already. */
export async function reportLost(member: MemberState): Promise<void> {
  const lost = member.held
  member.held = []
  if (lost.length > 0) await member.options.onLost(lost)
}
