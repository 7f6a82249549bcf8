import type { GroupOptions } from '../client.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { deadlineIn, retry } from '../cluster/retry.ts'
import { GroupLostError, KafkaError, errorOfCode } from '../errors.ts'
import { assignStandbys, assignStickyAndEven, assignWithWarmups, checkAssignment } from './group-assignment.ts'
import type { ClaimingMember } from './group-assignment.ts'
import type { Assignment } from './group-codec.ts'
import type { Joined } from './group-requests.ts'
import type { MemberState } from './member-state.ts'

const UNKNOWN_TOPIC_OR_PARTITION = 3

/**
 * Joins until the coordinator accepts an assignment. The member owns nothing meanwhile, so a rejected generation costs
 * nothing.
 */
export async function joinGeneration(
  member: MemberState,
): Promise<{ readonly joined: Joined; readonly assigned: Assignment }> {
  const { cluster, requests, leaving, options } = member
  const { topics, standbys } = options
  for (;;) {
    leaving.signal.throwIfAborted()
    try {
      const partitionCount = await countPartitions(cluster, topics, leaving.signal)
      const standby = standbys && { process: standbys.process, ...standbys.copies() }
      const subscription = { topics, ...member.hint, standby }
      const joined = await requests.join(member.memberId, subscription, (id) => (member.memberId = id))
      const assignment = joined.toAssign
        ? assign(member, joined.toAssign, partitionCount)
        : new Map<string, Assignment>()
      return { joined, assigned: await requests.sync(joined, assignment) }
    } catch (error) {
      if (!(error instanceof GroupLostError)) throw error
      if (error.code === 'UNKNOWN_MEMBER_ID') member.memberId = ''
    }
  }
}

function assign(
  { options }: MemberState,
  members: readonly ClaimingMember[],
  partitionCount: number,
): Map<string, Assignment> {
  const replicas = options.standbys?.replicas ?? 0
  const { assigned, warmups } = assignOwners(options, members, partitionCount)
  const standbys = assignStandbys(members, assigned, partitionCount, replicas, warmups)
  const copiesOf = (id: string) => ({ partitions: standbys.get(id) ?? [], warmups: warmups.get(id) ?? [] })
  return new Map([...assigned].map(([id, partitions]) => [id, { partitions, standbys: copiesOf(id) }]))
}

function assignOwners(options: GroupOptions, members: readonly ClaimingMember[], partitionCount: number) {
  if (options.assign === undefined && options.standbys !== undefined) return assignWithWarmups(members, partitionCount)
  const assigned = (options.assign ?? assignStickyAndEven)(members, partitionCount)
  if (options.assign) checkAssignment(assigned, members, partitionCount)
  return { assigned, warmups: new Map<string, number[]>() }
}

/**
 * Returns the partition count that all topics of the group share (they are co-partitioned); rejects (fatal) if it
 * differs.
 */
async function countPartitions(cluster: Cluster, topics: readonly string[], signal: AbortSignal): Promise<number> {
  const ask = async () => {
    const found = await cluster.refresh(topics)
    const missing = topics.filter((name) => !found.some((topic) => topic.name === name))
    if (missing.length > 0) throw errorOfCode(UNKNOWN_TOPIC_OR_PARTITION, `Metadata of ${missing.join(', ')}`)
    return found
  }
  const found = await retry(ask, { deadline: deadlineIn(cluster.requestTimeoutMs), signal })
  const counts = new Set(found.map(({ leaders }) => leaders.length))
  if (counts.size === 1) return found[0]!.leaders.length
  const each = found.map(({ name, leaders }) => `${name} ${leaders.length}`).join(', ')
  const message = `The topics of a group must have equally many partitions, but they have: ${each}. Create them again with equal counts`
  throw new KafkaError(message, 'UNEQUAL_PARTITION_COUNTS', 'fatal')
}
