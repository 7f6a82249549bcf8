import type { GroupMember } from '../client.ts'

/** A member as the leader sees it; a claim of a later generation beats one of an earlier. */
export interface ClaimingMember extends GroupMember {
  /** The generation in which the member owned what it reports. */
  readonly ownedInGeneration?: number
}

/**
 * Assigns every partition number to one member. Even: shares differ by at most one. Sticky: a member keeps its
 * partitions up to its share, so that as little state as possible moves. The result depends only on the members, not on
 * their order.
 */
export function assignStickyAndEven(members: readonly ClaimingMember[], partitionCount: number): Map<string, number[]> {
  const owners = ownersOf(members, partitionCount)
  const owned = new Map(members.map(({ memberId }) => [memberId, [] as number[]]))
  owners.forEach((memberId, partition) => memberId !== undefined && owned.get(memberId)!.push(partition))

  // If shares can’t be equal, the larger ones go to members that own more already, so that less moves.
  const ranked = [...members].sort(
    (a, b) => owned.get(b.memberId)!.length - owned.get(a.memberId)!.length || compareNames(a, b),
  )
  const share = Math.floor(partitionCount / Math.max(1, members.length))
  const larger = partitionCount - share * members.length
  const shares = new Map(ranked.map(({ memberId }, rank) => [memberId, share + (rank < larger ? 1 : 0)]))

  const assigned = new Map(
    ranked.map(({ memberId }) => [memberId, owned.get(memberId)!.slice(0, shares.get(memberId))]),
  )
  const taken = new Set([...assigned.values()].flat())
  const free = Array.from({ length: members.length > 0 ? partitionCount : 0 }, (_, partition) => partition).filter(
    (partition) => !taken.has(partition),
  )
  for (const { memberId } of [...members].sort(compareNames)) {
    const list = assigned.get(memberId)!
    list.push(...free.splice(0, shares.get(memberId)! - list.length))
    list.sort((a, b) => a - b)
  }
  return assigned
}

/** The last owner of each partition; of two claims, that of the later generation. */
function ownersOf(members: readonly ClaimingMember[], partitionCount: number): (string | undefined)[] {
  const owners = Array.from({ length: partitionCount }, (): string | undefined => undefined)
  const claims = [...members].sort(
    (a, b) => (a.ownedInGeneration ?? -1) - (b.ownedInGeneration ?? -1) || compareNames(b, a),
  )
  for (const { memberId, owned } of claims)
    for (const partition of owned) if (partition < partitionCount) owners[partition] = memberId
  return owners
}

/** A static member keeps its name, while its member id changes at every start. */
function compareNames(a: GroupMember, b: GroupMember): number {
  const [nameA, nameB] = [a.groupInstanceId ?? a.memberId, b.groupInstanceId ?? b.memberId]
  return nameA < nameB ? -1 : nameA > nameB ? 1 : 0
}

/** Throws if a custom `assign` missed a partition, assigned it twice, or named an unknown member. */
export function checkAssignment(
  assignment: ReadonlyMap<string, readonly number[]>,
  members: readonly GroupMember[],
  partitionCount: number,
): void {
  const known = new Set(members.map(({ memberId }) => memberId))
  const seen = new Set<number>()
  for (const [memberId, partitions] of assignment) {
    if (!known.has(memberId))
      throw new Error(`assign gave partitions to ${memberId}, which is not a member. Use the ids it was given`)
    for (const partition of partitions) {
      if (!Number.isInteger(partition) || partition < 0 || partition >= partitionCount)
        throw new Error(`assign gave partition ${partition}, but there are 0 to ${partitionCount - 1}`)
      if (seen.has(partition)) throw new Error(`assign gave partition ${partition} twice: two members would work on it`)
      seen.add(partition)
    }
  }
  if (seen.size < partitionCount)
    throw new Error(
      `assign left out ${partitionCount - seen.size} of ${partitionCount} partitions: they would have no owner`,
    )
}
