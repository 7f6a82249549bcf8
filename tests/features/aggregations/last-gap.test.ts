import fc from 'fast-check'
import { secondsSinceBefore } from '../../../features/aggregations/last-gap.ts'
import { defineFeatureSet } from '../../../features/define-feature-set.ts'
import { transactions, type Transaction } from '../../../schemas/customers/banking.ts'
import { randomEvents, START } from '../random-events.ts'
import { rowOf } from '../row-of.ts'

const set = defineFeatureSet<Transaction>('gap', 1, transactions, {
  gap: { value: secondsSinceBefore(), meaning: '', unit: 's', from: ['occurredAt'] },
})

test('the gap is that between the two latest times, in whatever order the events come', () => {
  fc.assert(
    fc.property(fc.array(randomEvents(3).transactions, { minLength: 1, maxLength: 20 }), (events) => {
      const [latest, before] = events.map(({ occurredAt }) => occurredAt).sort((a, b) => b - a)
      expect(rowOf(set, events, START)['gap']).toBe(before === undefined ? 0 : (latest! - before) / 1_000)
    }),
  )
})

test('two events at the same moment have no gap', () => {
  const [event] = fc.sample(randomEvents(1).transactions, { numRuns: 1, seed: 1 }) as [Transaction]
  expect(rowOf(set, [{ ...event, occurredAt: START - 5_000 }, event, { ...event }], START)['gap']).toBe(0)
})
