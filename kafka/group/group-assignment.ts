import type { GroupMember } from '../client.ts'
import type { StandbyClaim } from './group-codec.ts'

/** A member as the leader sees it. A claim from a later generation beats one from an earlier generation. */
export interface ClaimingMember extends GroupMember {
  /** The generation in which the member owned the partitions it reports. */
  readonly ownedInGeneration?: number
  /** `undefined` if the member keeps no standby copies. */
  readonly standby?: StandbyClaim | undefined
}

/**
 * Assigns every partition to one member. Even: shares differ by at most one. Sticky: a member keeps its partitions up
 * to its share, so that as little state as possible moves; the others go to members with a standby copy of them, if
 * there are any. The result depends only on the members, not on their order.
 */
export function assignStickyAndEven(members: readonly ClaimingMember[], partitionCount: number): Map<string, number[]> {
  const owners = ownersOf(members, partitionCount)
  const owned = new Map(members.map(({ memberId }) => [memberId, [] as number[]]))
  owners.forEach((memberId, partition) => memberId !== undefined && owned.get(memberId)!.push(partition))
  const copies = new Map(members.map(({ memberId, standby }) => [memberId, new Set(standby?.ready)]))
  const isReadyElsewhere = (partition: number, memberId: string | undefined) =>
    members.some((other) => other.memberId !== memberId && copies.get(other.memberId)!.has(partition))
  const unownedCopies = ({ memberId }: GroupMember) =>
    [...copies.get(memberId)!].filter((partition) => partition < partitionCount && owners[partition] === undefined)

  // If shares can’t be equal, the larger ones go to members that already own more, so that less state moves.
  const ranked = [...members].sort(
    (a, b) =>
      owned.get(b.memberId)!.length - owned.get(a.memberId)!.length ||
      unownedCopies(b).length - unownedCopies(a).length ||
      compareNames(a, b),
  )
  const share = Math.floor(partitionCount / Math.max(1, members.length))
  const larger = partitionCount - share * members.length
  const shares = new Map(ranked.map(({ memberId }, rank) => [memberId, share + (rank < larger ? 1 : 0)]))

  // If a member has to give up partitions, it gives up those of which another member has a copy.
  const assigned = new Map(
    ranked.map(({ memberId }) => {
      const { true: elsewhere = [], false: here = [] } = Object.groupBy(owned.get(memberId)!, (partition) =>
        String(isReadyElsewhere(partition, memberId)),
      ) as Record<string, number[]>
      return [memberId, [...here, ...elsewhere].slice(0, shares.get(memberId))]
    }),
  )
  const roomOf = ({ memberId }: GroupMember) => shares.get(memberId)! - assigned.get(memberId)!.length
  const byName = [...members].sort(compareNames)
  const taken = new Set([...assigned.values()].flat())
  const all = Array.from({ length: members.length > 0 ? partitionCount : 0 }, (_, partition) => partition)
  const free = all.filter((partition) => !taken.has(partition))
  const withoutCopy: number[] = []
  for (const partition of free) {
    const candidates = byName.filter((member) => copies.get(member.memberId)!.has(partition) && roomOf(member) > 0)
    // Prefers the member with the fewest copies: the others have other partitions to take.
    const successor = candidates.sort((a, b) => copies.get(a.memberId)!.size - copies.get(b.memberId)!.size)[0]
    if (successor === undefined) withoutCopy.push(partition)
    else assigned.get(successor.memberId)!.push(partition)
  }
  for (const member of byName) {
    const list = assigned.get(member.memberId)!
    list.push(...withoutCopy.splice(0, roomOf(member)))
    list.sort((a, b) => a - b)
  }
  return assigned
}

/**
 * Like `assignStickyAndEven`, for members with standby copies: a partition stays with a live owner until its next owner
 * has a copy of it. `moving`: the partitions that each member has to copy for that.
 */
export function assignWithWarmups(
  members: readonly ClaimingMember[],
  partitionCount: number,
): { readonly assigned: Map<string, number[]>; readonly warmups: Map<string, number[]> } {
  const wanted = assignStickyAndEven(members, partitionCount)
  const owners = ownersOf(members, partitionCount)
  const processOf = new Map(members.map(({ memberId, standby }) => [memberId, standby?.process]))
  const assigned = new Map(members.map(({ memberId }) => [memberId, [] as number[]]))
  const warmups = new Map(members.map(({ memberId }) => [memberId, [] as number[]]))
  for (const { memberId, standby } of members)
    for (const partition of wanted.get(memberId)!) {
      const owner = owners[partition] ?? memberId
      // Members of one process share their state, so nothing has to be copied between them.
      const isNear = standby === undefined || processOf.get(owner) === standby.process
      const stays = !isNear && !standby.ready.includes(partition)
      assigned.get(stays ? owner : memberId)!.push(partition)
      if (stays) warmups.get(memberId)!.push(partition)
    }
  for (const list of assigned.values()) list.sort((a, b) => a - b)
  return { assigned, warmups }
}

/**
 * Assigns each partition to up to `replicas` members that keep a copy of it, each in another process than its owner and
 * than the other copies; the copies of `moving` come on top. Sticky, so that existing copies are reused, and otherwise
 * as even as possible. The result depends only on the members, not on their order.
 */
export function assignStandbys(
  members: readonly ClaimingMember[],
  assigned: ReadonlyMap<string, readonly number[]>,
  partitionCount: number,
  replicas: number,
  warmups: ReadonlyMap<string, readonly number[]> = new Map(),
): Map<string, number[]> {
  const keepers = members.filter(({ standby }) => standby !== undefined).sort(compareNames)
  const standbys = new Map(members.map(({ memberId }) => [memberId, [...(warmups.get(memberId) ?? [])]]))
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

/**
 * Ranks how little a member has to read for a copy: 2 if it has one or owned the partition, 1 if it is building one, 0
 * if it has nothing.
 */
function closenessOf({ standby, owned }: ClaimingMember, partition: number): number {
  if (standby!.ready.includes(partition) || owned.includes(partition)) return 2
  return standby!.behind.includes(partition) ? 1 : 0
}

/** Returns the last owner of each partition; of conflicting claims, the one from the later generation wins. */
function ownersOf(members: readonly ClaimingMember[], partitionCount: number): (string | undefined)[] {
  const owners = Array.from({ length: partitionCount }, (): string | undefined => undefined)
  const claims = [...members].sort(
    (a, b) => (a.ownedInGeneration ?? -1) - (b.ownedInGeneration ?? -1) || compareNames(b, a),
  )
  for (const { memberId, owned } of claims)
    for (const partition of owned) if (partition < partitionCount) owners[partition] = memberId
  return owners
}

/** Orders members by name: a static member keeps its instance id, while its member id changes at every start. */
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
