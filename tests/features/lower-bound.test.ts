import fc from 'fast-check'
import { lowerBound } from '../../features/lower-bound.ts'

test('the first place is found as by going through all of them', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 })), fc.integer({ min: -1, max: 21 }), (numbers, from) => {
      const sorted = [...numbers].sort((one, other) => one - other)
      const found = sorted.findIndex((one) => one >= from)
      expect(lowerBound(sorted.length, (place) => sorted[place]! >= from)).toBe(found === -1 ? sorted.length : found)
    }),
  )
})
