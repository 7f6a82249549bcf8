import fc from 'fast-check'
import { symbolCounts } from '../../../features/aggregations/symbol-counts.ts'
import { defineFeatureSet } from '../../../features/define-feature-set.ts'
import { transactions, type Transaction } from '../../../schemas/customers/banking.ts'
import { randomEvents, START } from '../random-events.ts'
import { rowOf } from '../row-of.ts'

const kinds = ['other', 'card', 'transfer', 'cash', 'fee', 'interest', 'salary', 'loan'] as const
const counts = symbolCounts<Transaction, (typeof kinds)[number]>(kinds, ({ kind }) => kind)
const words = { meaning: '', unit: '', from: ['kind'] } as const
const set = defineFeatureSet<Transaction>('kinds', 1, transactions, {
  count: { value: counts.latestCount, ...words },
  share: { value: counts.latestShare, ...words },
})

test('the count and share of the latest kind are the same in whatever order the events come', () => {
  fc.assert(
    fc.property(fc.array(randomEvents(1).transactions, { minLength: 1, maxLength: 30 }), (events) => {
      const latest = events.toSorted(
        (a, b) => b.occurredAt - a.occurredAt || kinds.indexOf(b.kind) - kinds.indexOf(a.kind),
      )[0]!
      const same = events.filter(({ kind }) => kind === latest.kind).length
      expect(rowOf(set, events, START)).toEqual({ count: same, share: same / events.length })
    }),
  )
})
