import type { GroupMember } from '../client.ts'
import type { StandbyClaim } from './group-codec.ts'

/** A member as the leader sees it; a claim of a later generation beats one of an earlier. */
export interface ClaimingMember extends GroupMember {
  /** The generation in which the member owned what it reports. */
  readonly ownedInGeneration?: number
  /** `undefined`: it keeps no copies. */
  readonly standby?: StandbyClaim | undefined
}

/**
 * Assigns every partition number to one member. Even: shares differ by at most one. Sticky: a member keeps its
 * partitions up to its share, so that as little state as possible moves; what has lost its owner goes to members that
 * have a copy of it. The result depends only on the members, not on their order.
 */
export function assignStickyAndEven(members: readonly ClaimingMember[], partitionCount: number): Map<string, number[]> {
  const owners = ownersOf(members, partitionCount)
  const owned = new Map(members.map(({ memberId }) => [memberId, [] as number[]]))
  owners.forEach((memberId, partition) => memberId !== undefined && owned.get(memberId)!.push(partition))
  const readyFor = new Map(members.map((member) => [member.memberId, heirlooms(member, owners)]))

  // If shares can’t be equal, the larger ones go to members that own more already, so that less moves.
  const ranked = [...members].sort(
    (a, b) =>
      owned.get(b.memberId)!.length - owned.get(a.memberId)!.length ||
      readyFor.get(b.memberId)!.size - readyFor.get(a.memberId)!.size ||
      compareNames(a, b),
  )
  const share = Math.floor(partitionCount / Math.max(1, members.length))
  const larger = partitionCount - share * members.length
  const shares = new Map(ranked.map(({ memberId }, rank) => [memberId, share + (rank < larger ? 1 : 0)]))

  const assigned = new Map(
    ranked.map(({ memberId }) => [memberId, owned.get(memberId)!.slice(0, shares.get(memberId))]),
  )
  const roomOf = ({ memberId }: GroupMember) => shares.get(memberId)! - assigned.get(memberId)!.length
  const byName = [...members].sort(compareNames)
  for (const [partition, owner] of owners.entries()) {
    if (owner !== undefined) continue
    const heirs = byName.filter((member) => readyFor.get(member.memberId)!.has(partition) && roomOf(member) > 0)
    // To one with few such copies: another has other partitions to take.
    const heir = heirs.sort((a, b) => readyFor.get(a.memberId)!.size - readyFor.get(b.memberId)!.size)[0]
    if (heir !== undefined) assigned.get(heir.memberId)!.push(partition)
  }
  const taken = new Set([...assigned.values()].flat())
  const free = Array.from({ length: members.length > 0 ? partitionCount : 0 }, (_, partition) => partition).filter(
    (partition) => !taken.has(partition),
  )
  for (const member of byName) {
    const list = assigned.get(member.memberId)!
    list.push(...free.splice(0, roomOf(member)))
    list.sort((a, b) => a - b)
  }
  return assigned
}

/** Partitions without an owner that the member has a copy of. */
function heirlooms({ standby }: ClaimingMember, owners: readonly (string | undefined)[]): ReadonlySet<number> {
  const isFree = (partition: number) => partition < owners.length && owners[partition] === undefined
  return new Set(standby?.ready.filter(isFree))
}

/**
 * Assigns each partition to up to `replicas` members that keep a copy of it, each in another process than its owner and
 * than the others. Sticky, so that copies are not made anew; as even as that allows. The result depends only on the
 * members, not on their order.
 */
export function assignStandbys(
  members: readonly ClaimingMember[],
  assigned: ReadonlyMap<string, readonly number[]>,
  partitionCount: number,
  replicas: number,
): Map<string, number[]> {
  const keepers = members.filter(({ standby }) => standby !== undefined).sort(compareNames)
  const standbys = new Map(members.map(({ memberId }) => [memberId, [] as number[]]))
  const processOf = new Map(members.map(({ memberId, standby }) => [memberId, standby?.process ?? memberId]))
  const owners = new Map([...assigned].flatMap(([id, list]) => list.map((partition) => [partition, id] as const)))
  const fairShare = Math.ceil((partitionCount * replicas) / Math.max(1, keepers.length))
  const loadOf = ({ memberId }: GroupMember) => standbys.get(memberId)!.length
  for (let replica = 0; replica < replicas; replica++) {
    for (let partition = 0; partition < partitionCount; partition++) {
      const taken = new Set(
        [...standbys].flatMap(([id, list]) => (list.includes(partition) ? [processOf.get(id)!] : [])),
      ).add(processOf.get(owners.get(partition) ?? '') ?? '')
      const possible = keepers.filter(({ memberId }) => !taken.has(processOf.get(memberId)!))
      const has = (member: ClaimingMember) => (loadOf(member) < fairShare ? -closenessOf(member, partition) : 0)
      const [best] = possible.sort((a, b) => has(a) - has(b) || loadOf(a) - loadOf(b))
      if (best !== undefined) standbys.get(best.memberId)!.push(partition)
    }
  }
  return standbys
}

/** How little a member would have to read for a copy: it has it, or owned the partition; is at it; has nothing. */
function closenessOf({ standby, owned }: ClaimingMember, partition: number): number {
  if (standby!.ready.includes(partition) || owned.includes(partition)) return 2
  return standby!.behind.includes(partition) ? 1 : 0
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
