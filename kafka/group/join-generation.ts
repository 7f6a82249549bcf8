import type { Cluster } from '../cluster/cluster.ts'
import { deadlineIn, retry } from '../cluster/retry.ts'
import { GroupLostError, KafkaError, errorOfCode } from '../errors.ts'
import { assignStickyAndEven, checkAssignment } from './group-assignment.ts'
import type { ClaimingMember } from './group-assignment.ts'
import type { Joined } from './group-requests.ts'
import type { MemberState } from './member-state.ts'

const UNKNOWN_TOPIC_OR_PARTITION = 3

/**
 * Joins until the coordinator accepts an assignment. Nothing is owned meanwhile, so a rejected generation loses
 * nothing.
 */
export async function joinGeneration(
  member: MemberState,
): Promise<{ readonly joined: Joined; readonly partitions: readonly number[] }> {
  const { cluster, requests, leaving, options } = member
  const { topics } = options
  for (;;) {
    leaving.signal.throwIfAborted()
    try {
      const partitionCount = await countPartitions(cluster, topics, leaving.signal)
      const joined = await requests.join(member.memberId, { topics, ...member.hint }, (id) => (member.memberId = id))
      const assignment = joined.toAssign ? assign(member, joined.toAssign, partitionCount) : new Map<string, number[]>()
      return { joined, partitions: await requests.sync(joined, assignment) }
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
): Map<string, number[]> {
  if (!options.assign) return assignStickyAndEven(members, partitionCount)
  const assignment = options.assign(members, partitionCount)
  checkAssignment(assignment, members, partitionCount)
  return assignment
}

/** All topics of a group are co-partitioned: rejects (fatal) where their partition counts differ. */
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
