import fc from 'fast-check'
import {
  recentlyViewed,
  recentlyViewedKind,
  rememberViewed,
  THINGS_MAX,
} from '../../../features/recommendations/recently-viewed.ts'
import { mapMemory } from '../map-memory.ts'

const after = (looks: readonly { readonly item: string | null; readonly occurredAt: number }[]): readonly string[] => {
  const memory = mapMemory([recentlyViewedKind])
  for (const look of looks) rememberViewed(memory, look)
  return recentlyViewed(memory)
}

test('the latest thing comes first; pages of a thing count as the thing; things without a name are ignored', () => {
  const looks = [
    { item: 'mortgage/rates', occurredAt: 3 },
    { item: 'insurance', occurredAt: 1 },
    { item: null, occurredAt: 9 },
    { item: 'insurance/claims', occurredAt: 2 },
    { item: 'x'.repeat(200), occurredAt: 9 },
  ]
  expect(after(looks)).toEqual(['mortgage', 'insurance'])
})

test('the order of arrival makes no difference, and the list stays bounded', () => {
  const look = fc.record({ item: fc.integer({ min: 0, max: 60 }).map((n) => `thing ${n}`), occurredAt: fc.nat(1_000) })
  fc.assert(
    fc.property(fc.array(look, { maxLength: 200 }), fc.infiniteStream(fc.nat()), (looks, keys) => {
      const shuffled = looks
        .map((one) => ({ one, key: keys.next().value as number }))
        .sort((left, right) => left.key - right.key)
        .map(({ one }) => one)
      expect(after(shuffled)).toEqual(after(looks))
      expect(after(looks).length).toBeLessThanOrEqual(THINGS_MAX)
    }),
    { numRuns: 50 },
  )
})
