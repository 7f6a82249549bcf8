import fc from 'fast-check'
import { best, LIST_LENGTH_MAX, rank, rankedCount, rankingKinds, unrank } from '../../../processors/visits/ranking.ts'
import { memoryStore } from '../../../streams/state/memory-store.ts'
import { createTaskState } from '../../../streams/state/task-state.ts'

const step = fc.record({
  id: fc.integer({ min: 0, max: 150 }).map((number) => `o${number}`),
  probability: fc.oneof(
    { weight: 4, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) },
    { weight: 1, arbitrary: fc.constantFrom(0, 0.5, 1) },
  ),
  out: fc.boolean(),
})

test('the ranking is what sorting everything would give, however entries come, move and go', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const memory = createTaskState(
        memoryStore(),
        { state: rankingKinds },
        { cachedRecordsMax: Number.POSITIVE_INFINITY },
      ).memory('s1')
      const plain = new Map<string, number>()
      for (const { id, probability, out } of steps) {
        if (out) {
          expect(unrank(memory, id)).toBe(plain.delete(id))
        } else {
          rank(memory, { opportunityId: id, customerId: 'c', salespersonId: 's1', probability, scoredAt: 0 })
          plain.set(id, probability)
        }
      }
      const sorted = [...plain].sort(([a, p], [b, q]) => q - p || (a < b ? -1 : 1)).slice(0, LIST_LENGTH_MAX)
      expect(best(memory).map(({ opportunityId, probability }) => [opportunityId, probability])).toEqual(sorted)
      expect(rankedCount(memory)).toBe(plain.size)
    }),
  )
})
