import fc from 'fast-check'
import {
  decodeAssignment,
  decodeSubscription,
  encodeAssignment,
  encodeSubscription,
} from '../../../kafka/group/group-codec.ts'

const topics = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 4 })
const partitions = fc.uniqueArray(fc.nat(500), { maxLength: 30 }).map((list) => list.sort((a, b) => a - b))

describe('what group members tell each other', () => {
  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(topics, partitions, fc.integer({ min: -1, max: 1000 }), (names, owned, generationId) => {
        expect(decodeSubscription(encodeSubscription({ topics: names, owned, generationId }))).toEqual({
          topics: names,
          owned,
          generationId,
        })
        expect(decodeAssignment(encodeAssignment(names, owned))).toEqual(owned)
      }),
    )
  })

  it('reads a subscription of version 0, as old consumers send it', () => {
    const bytes = Buffer.from([0, 0, 0, 0, 0, 1, 0, 1, 0x74, 0xff, 0xff, 0xff, 0xff])
    expect(decodeSubscription(bytes)).toEqual({ topics: ['t'], owned: [], generationId: -1 })
  })

  it('takes an empty assignment for none', () => {
    expect(decodeAssignment(Buffer.alloc(0))).toEqual([])
  })

  it('refuses what is cut short', () => {
    const whole = encodeSubscription({ topics: ['topic'], owned: [1, 2], generationId: 3 })
    for (let length = 0; length < whole.length; length++)
      expect(() => decodeSubscription(whole.subarray(0, length))).toThrow(/subscription of a group member is cut short/)
  })
})
