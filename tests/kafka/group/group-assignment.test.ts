import fc from 'fast-check'
import {
  assignStandbys,
  assignStickyAndEven,
  assignWithWarmups,
  checkAssignment,
} from '../../../kafka/group/group-assignment.ts'
import type { ClaimingMember } from '../../../kafka/group/group-assignment.ts'

const member = (
  memberId: string,
  owned: readonly number[] = [],
  ownedInGeneration = 1,
  groupInstanceId: string | null = null,
): ClaimingMember => ({
  memberId,
  groupInstanceId,
  owned,
  ownedInGeneration,
})

/** Members with arbitrary claims: overlapping, of other generations, beyond the partition count. */
const members = fc
  .uniqueArray(
    fc.record({
      id: fc.integer({ min: 0, max: 99 }),
      owned: fc.array(fc.nat(40), { maxLength: 20 }),
      generation: fc.nat(3),
    }),
    {
      selector: ({ id }) => id,
      minLength: 1,
      maxLength: 8,
    },
  )
  .map((list) => list.map(({ id, owned, generation }) => member(`m${id}`, owned, generation)))

describe('sticky, even assignment', () => {
  it('assigns each partition to exactly one member, in even shares', () => {
    fc.assert(
      fc.property(members, fc.integer({ min: 1, max: 32 }), (list, partitionCount) => {
        const assignment = assignStickyAndEven(list, partitionCount)
        checkAssignment(assignment, list, partitionCount)
        const sizes = list.map(({ memberId }) => assignment.get(memberId)!.length)
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('does not depend on the order of the members', () => {
    fc.assert(
      fc.property(members, fc.integer({ min: 1, max: 32 }), (list, partitionCount) => {
        expect(assignStickyAndEven([...list].reverse(), partitionCount)).toEqual(
          assignStickyAndEven(list, partitionCount),
        )
      }),
    )
  })

  it('moves nothing if the members stay the same', () => {
    fc.assert(
      fc.property(members, fc.integer({ min: 1, max: 32 }), (list, partitionCount) => {
        const first = assignStickyAndEven(list, partitionCount)
        const again = list.map(({ memberId }) => member(memberId, first.get(memberId), 9))
        expect(assignStickyAndEven(again, partitionCount)).toEqual(first)
      }),
    )
  })

  it('moves only the partitions of a leaving member, and to a joining one only its share', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 1, max: 32 }), (memberCount, partitionCount) => {
        const ids = Array.from({ length: memberCount }, (_, i) => `m${i}`)
        const all = assignStickyAndEven(
          ids.map((id) => member(id)),
          partitionCount,
        )
        const [, ...staying] = ids
        const afterLeave = assignStickyAndEven(
          staying.map((id) => member(id, all.get(id))),
          partitionCount,
        )
        for (const id of staying) expect(afterLeave.get(id)).toEqual(expect.arrayContaining(all.get(id)!))

        const joined = [...staying.map((id) => member(id, afterLeave.get(id))), member('new')]
        const afterJoin = assignStickyAndEven(joined, partitionCount)
        for (const id of staying) expect(afterLeave.get(id)).toEqual(expect.arrayContaining(afterJoin.get(id)!))
      }),
    )
  })

  it('believes the claim of the later generation', () => {
    const assignment = assignStickyAndEven([member('old', [0, 1], 3), member('new', [0, 1], 4)], 4)
    expect(assignment.get('new')).toEqual([0, 1])
  })

  it('returns a restarted static member its partitions although its member id is new', () => {
    const before = [member('a-1', [], -1, 'a'), member('b-1', [], -1, 'b')]
    const first = assignStickyAndEven(before, 4)
    const second = assignStickyAndEven([member('a-2', [], -1, 'a'), member('b-1', first.get('b-1'), 1, 'b')], 4)
    expect(second.get('a-2')).toEqual(first.get('a-1'))
  })
})

describe('standby copies', () => {
  /** Members in processes, sometimes two in one process, that hold some copies already. */
  const keepers = fc.uniqueArray(
    fc.record({
      memberId: fc.integer({ min: 0, max: 99 }).map((id) => `m${id}`),
      process: fc.constantFrom('p', 'q', 'r'),
      ready: fc.uniqueArray(fc.nat(11)),
      keeps: fc.boolean(),
    }),
    { selector: ({ memberId }) => memberId, minLength: 1, maxLength: 6 },
  )
  const memberOf = ({
    memberId,
    process,
    ready,
    keeps,
  }: {
    memberId: string
    process: string
    ready: number[]
    keeps: boolean
  }) => ({
    ...member(memberId),
    standby: keeps ? { process, ready, behind: [] } : undefined,
  })

  it('are each in a separate process, not the owner’s, and as many as possible', () => {
    fc.assert(
      fc.property(keepers, fc.integer({ min: 1, max: 12 }), fc.nat(3), (list, partitionCount, replicas) => {
        const members = list.map(memberOf)
        const assigned = assignStickyAndEven(members, partitionCount)
        const standbys = assignStandbys(members, assigned, partitionCount, replicas)
        const processOf = (id: string) => members.find(({ memberId }) => memberId === id)!.standby?.process ?? id
        for (let partition = 0; partition < partitionCount; partition++) {
          const [owner] = [...assigned].find(([, partitions]) => partitions.includes(partition))!
          const copies = [...standbys].filter(([, partitions]) => partitions.includes(partition))
          const processes = copies.map(([id]) => processOf(id))
          expect(new Set([...processes, processOf(owner)]).size).toBe(copies.length + 1)
          const others = new Set(members.flatMap(({ standby }) => standby?.process ?? []))
          others.delete(processOf(owner))
          expect(copies).toHaveLength(Math.min(replicas, others.size))
        }
      }),
    )
  })

  it('do not depend on the order of the members, and stay where they are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 1, max: 12 }), (memberCount, partitionCount) => {
        const members = Array.from({ length: memberCount }, (_, index) =>
          memberOf({ memberId: `m${index}`, process: `p${index}`, ready: [], keeps: true }),
        )
        const assigned = assignStickyAndEven(members, partitionCount)
        const first = assignStandbys(members, assigned, partitionCount, 1)
        expect(assignStandbys([...members].reverse(), assigned, partitionCount, 1)).toEqual(first)
        const again = members.map((one) => ({
          ...one,
          owned: assigned.get(one.memberId)!,
          standby: { ...one.standby!, ready: first.get(one.memberId)! },
        }))
        expect(assignStandbys(again, assigned, partitionCount, 1)).toEqual(first)
      }),
    )
  })

  it('are made before a partition leaves a living owner, and then it moves', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 12 }), (memberCount, partitionCount) => {
        const joined = (owned: (id: string) => number[], ready: (id: string) => number[]) =>
          Array.from({ length: memberCount + 1 }, (_, index) => `m${index}`).map((id) => ({
            ...member(id, owned(id)),
            standby: { process: id, ready: ready(id), behind: [] },
          }))
        const before = assignStickyAndEven(
          Array.from({ length: memberCount }, (_, index) => member(`m${index}`)),
          partitionCount,
        )
        const ownedOf = (id: string) => before.get(id) ?? []
        const cold = joined(ownedOf, () => [])
        const first = assignWithWarmups(cold, partitionCount)
        checkAssignment(first.assigned, cold, partitionCount)
        for (const [id, partitions] of before) expect(first.assigned.get(id)).toEqual(partitions)
        const warm = joined(ownedOf, (id) => first.warmups.get(id)!)
        const second = assignWithWarmups(warm, partitionCount)
        checkAssignment(second.assigned, warm, partitionCount)
        expect([...second.warmups.values()].flat()).toEqual([])
        const sizes = [...second.assigned.values()].map(({ length }) => length)
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
        const given = new Set([...first.warmups.values()].flat())
        for (const [id, partitions] of before)
          expect(second.assigned.get(id)).toEqual(partitions.filter((partition) => !given.has(partition)))
      }),
    )
  })

  it('take over the partitions of a member that is gone, even if shares are uneven', () => {
    const ready = (memberId: string, owned: number[], copies: number[]) => ({
      ...member(memberId, owned),
      standby: { process: memberId, ready: copies, behind: [] },
    })
    const two = assignStickyAndEven([ready('b', [2, 4], [1, 5]), ready('c', [3, 6], [0])], 7)
    expect(two.get('b')).toEqual([1, 2, 4, 5])
    expect(two.get('c')).toEqual([0, 3, 6])
    const one = assignStickyAndEven([ready('b', [], []), ready('c', [], [0])], 1)
    expect(one.get('c')).toEqual([0])
  })
})

describe('check of an assignment', () => {
  const two = [member('a'), member('b')]
  it.each([
    ['a partition left out', { a: [0], b: [1] }, /left out 1 of 3/],
    ['a partition given twice', { a: [0, 1], b: [1, 2] }, /partition 1 twice/],
    ['an unknown member', { a: [0, 1, 2], c: [] }, /c, which is not a member/],
    ['a partition out of range', { a: [0, 1, 3], b: [2] }, /there are 0 to 2/],
  ])('refuses %s', (_what, given, message) => {
    expect(() => checkAssignment(new Map(Object.entries(given)), two, 3)).toThrow(message)
  })
})
