import fc from 'fast-check'
import {
  decodeAssignment,
  decodeSubscription,
  encodeAssignment,
  encodeSubscription,
} from '../../../kafka/group/group-codec.ts'

const topics = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 4 })
const partitions = fc.uniqueArray(fc.nat(500), { maxLength: 30 }).map((list) => list.sort((a, b) => a - b))
const standbys = fc.option(fc.record({ process: fc.string(), ready: partitions, behind: partitions }), {
  nil: undefined,
})

describe('the encoding of group members’ metadata', () => {
  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(
        topics,
        partitions,
        fc.integer({ min: -1, max: 1000 }),
        standbys,
        (names, owned, generation, standby) => {
          const subscription = { topics: names, owned, generationId: generation, standby }
          expect(decodeSubscription(encodeSubscription(subscription))).toEqual(subscription)
          const assignment = {
            partitions: owned,
            standbys: { partitions: standby?.ready ?? [], warmups: standby?.ready.slice(1) ?? [] },
          }
          expect(decodeAssignment(encodeAssignment(names, assignment))).toEqual(assignment)
        },
      ),
    )
  })

  it('reads a subscription of version 0, as old consumers send it', () => {
    const bytes = Buffer.from([0, 0, 0, 0, 0, 1, 0, 1, 0x74, 0xff, 0xff, 0xff, 0xff])
    expect(decodeSubscription(bytes)).toEqual({ topics: ['t'], owned: [], generationId: -1 })
  })

  it('takes an empty assignment for none', () => {
    expect(decodeAssignment(Buffer.alloc(0))).toEqual({ partitions: [], standbys: { partitions: [], warmups: [] } })
  })

  it('does not take the user data of other clients for claims', () => {
    const whole = encodeSubscription({ topics: ['t'], owned: [], generationId: 3 })
    const at = whole.indexOf(Buffer.from([0xff, 0xff, 0xff, 0xff]))
    const theirs = Buffer.from([0, 0, 0, 3, 9, 9, 9])
    const bytes = Buffer.concat([whole.subarray(0, at), theirs, whole.subarray(at + 4)])
    expect(decodeSubscription(bytes)).toEqual({ topics: ['t'], owned: [], generationId: 3 })
  })

  it('refuses truncated data', () => {
    const standby = { process: 'p', ready: [4], behind: [] }
    const whole = encodeSubscription({ topics: ['topic'], owned: [1, 2], generationId: 3, standby })
    for (let length = 0; length < whole.length; length++)
      expect(() => decodeSubscription(whole.subarray(0, length))).toThrow(/subscription of a group member is cut short/)
  })
})
