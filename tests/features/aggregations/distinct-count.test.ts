import fc from 'fast-check'
import { distinctCount } from '../../../features/aggregations/distinct-count.ts'
import { defineFeatureSet } from '../../../features/define-feature-set.ts'
import { transactions, type Transaction } from '../../../schemas/customers/banking.ts'
import { mapMemory } from '../map-memory.ts'
import { randomEvents } from '../random-events.ts'

const set = defineFeatureSet<Transaction>('many', 1, transactions, {
  distinct: {
    value: distinctCount('sketch', ({ counterparty }) => counterparty),
    meaning: '',
    unit: '',
    from: ['counterparty'],
  },
})
const [event] = fc.sample(randomEvents(1).transactions, { numRuns: 1, seed: 1 })

function counted(values: Iterable<string>): number {
  const memory = mapMemory(set.kinds)
  for (const counterparty of values) set.fold(memory, { ...event!, counterparty })
  const row = new Float64Array(1)
  set.row(memory, event!.occurredAt, row, 0)
  return row[0]!
}

const names = (count: number, prefix = 'shop ') => Array.from({ length: count }, (_, n) => `${prefix}${n}`)

describe('distinctCount', () => {
  it('is exact up to 32, however often a value is repeated', () => {
    for (const count of [0, 1, 2, 31, 32]) expect(counted([...names(count), ...names(count)])).toBe(count)
  })

  it.each([33, 100, 500, 1000, 10_000, 100_000])(
    'is within 4 standard errors for %d values, and on average within 1',
    (count) => {
      const errors = ['shop ', 'https://bank.example/page/', '商户'].map(
        (prefix) => counted(names(count, prefix)) / count - 1,
      )
      for (const error of errors) expect(Math.abs(error)).toBeLessThan(4 * 0.065)
      expect(Math.abs(errors.reduce((sum, error) => sum + error, 0) / errors.length)).toBeLessThan(0.065)
    },
  )

  it('is exactly the same in whatever order the values come', () => {
    const values = names(300)
    const expected = counted(values)
    fc.assert(
      fc.property(fc.shuffledSubarray(values, { minLength: values.length }), (shuffled) => {
        expect(counted(shuffled)).toBe(expected)
      }),
      { numRuns: 30 },
    )
  })
})
