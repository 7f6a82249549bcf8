import fc from 'fast-check'
import { priorityMerge } from '../../../processors/visits/priority-merge.ts'
import { LIST_LENGTH_MAX } from '../../../processors/visits/ranking.ts'
import {
  priorityShares,
  type Priority,
  type PriorityEntry,
  type PriorityShare,
} from '../../../schemas/visits/priorities.ts'
import { noGlobals, replay } from '../../../streams/replay/replay.ts'
import { START } from '../scoring-fixtures.ts'

const share = (salesperson: number, entries: readonly PriorityEntry[]) => {
  const value: PriorityShare = {
    id: `share/${salesperson}`,
    occurredAt: START + salesperson,
    source: 'test',
    scope: 'team',
    owner: 't1',
    salespersonId: `s${salesperson}`,
    entries,
    ...{ isWhole: true, goneIds: [], openCount: entries.length },
  }
  return { topic: priorityShares, value }
}

test('the merged list is the beginning of all entries in order, whatever the shares', async () => {
  // Few different probabilities, so that ids often decide; more entries than a list holds.
  const probabilities = fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 60 }), {
    minLength: 1,
    maxLength: 6,
  })
  await fc.assert(
    fc.asyncProperty(probabilities, async (lists) => {
      const shares = lists.map((list, salesperson) =>
        list.map((tenths, index) => ({
          opportunityId: `o${(index * 7919 + salesperson * 31) % 9973}/${salesperson}`,
          customerId: 'c',
          salespersonId: `s${salesperson}`,
          probability: tenths / 10,
          scoredAt: START,
          rank: index + 1,
          valueRank: null,
          outlook: null,
        })),
      )
      const merged = await replay(
        priorityMerge,
        shares.map((entries, salesperson) => share(salesperson, entries)),
        noGlobals,
      )
      const { entries, openCount } = merged.at(-1)!.value as Priority
      const all = shares.flat()
      all.sort(
        (one, other) => other.probability - one.probability || (one.opportunityId < other.opportunityId ? -1 : 1),
      )
      expect(entries).toEqual(all.slice(0, LIST_LENGTH_MAX).map((entry, index) => ({ ...entry, rank: index + 1 })))
      expect(openCount).toBe(all.length)
    }),
    { numRuns: 50 },
  )
})
