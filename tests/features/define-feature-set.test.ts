import fc from 'fast-check'
import { lastValue } from '../../features/aggregations/last-value.ts'
import { count, totals } from '../../features/aggregations/totals.ts'
import { defineFeatureSet, overWindows } from '../../features/define-feature-set.ts'
import { joinFeatureSets } from '../../features/join-feature-sets.ts'
import { transactions, type Transaction } from '../../schemas/customers/banking.ts'
import { mapMemory } from './map-memory.ts'
import { DAY_MS, randomEvents, START } from './random-events.ts'

const amounts = totals<Transaction>(({ amountMinor }) => amountMinor)
const set = defineFeatureSet<Transaction>('small', 3, transactions, {
  sum: { value: amounts.sum, meaning: 'Sum', unit: 'minor units', from: ['amountMinor'], protected: true },
  mean: { value: amounts.mean, meaning: 'Mean', unit: 'minor units', from: ['amountMinor', 'currency'] },
  ...overWindows<Transaction>('count', ['24h', '30d'], {
    value: count(),
    meaning: 'Movements',
    unit: 'movements',
    from: ['id'],
  }),
})
const [event] = fc.sample(randomEvents(1).transactions, { numRuns: 1, seed: 1 })

describe('defineFeatureSet', () => {
  it('names, describes and versions', () => {
    expect(set.id).toBe('small@3')
    expect(set.names).toEqual(['small.sum', 'small.mean', 'small.count24h', 'small.count30d'])
    expect(set.descriptions).toEqual([
      {
        name: 'small.sum',
        meaning: 'Sum',
        unit: 'minor units',
        sources: ['transactions.amountMinor'],
        protected: true,
      },
      {
        name: 'small.mean',
        meaning: 'Mean',
        unit: 'minor units',
        sources: ['transactions.amountMinor', 'transactions.currency'],
      },
      { name: 'small.count24h', meaning: 'Movements, last 24 hours', unit: 'movements', sources: ['transactions.id'] },
      { name: 'small.count30d', meaning: 'Movements, last 30 days', unit: 'movements', sources: ['transactions.id'] },
    ])
  })

  it('gives features that share an aggregation the same slots', () => {
    expect(set.kinds.map(({ name, slots }) => [name, slots])).toEqual([
      ['small', 3],
      ['small-hours', 1],
      ['small-days', 1],
    ])
  })

  it('rewrites the base record and a tile of each kind for an event', () => {
    const memory = mapMemory(set.kinds)
    const written: string[] = []
    const watching = {
      ...memory,
      put: ((kind, id, value) => (written.push(kind.name), memory.put(kind, id, value))) as typeof memory.put,
    }
    set.fold(watching, event!)
    expect(written).toEqual(['small', 'small-hours', 'small-days'])
  })

  it('gives tiles of any time names that sort as time does', () => {
    const memory = mapMemory(set.kinds)
    for (const occurredAt of [Date.UTC(1905, 3, 1), -1, 0, START - 40 * DAY_MS, START])
      set.fold(memory, { ...event!, occurredAt })
    const row = new Float64Array(4)
    set.row(memory, START, row, 0)
    expect([...row.subarray(2)]).toEqual([1, 1])
    expect(memory.sizeOf(set.kinds[2]!)).toBe(1)
  })

  it('refuses a windowed aggregation that can’t be combined from tiles', () => {
    const value = lastValue<Transaction>(({ amountMinor }) => amountMinor)
    expect(() =>
      defineFeatureSet<Transaction>('bad', 1, transactions, {
        last: { value, within: '7d', meaning: '', unit: '', from: [] },
      }),
    ).toThrow("bad-days has an aggregation that can't be merged, so it can't be read over a window.")
  })
})

test('joined sets must be of different topics', () => {
  expect(() => joinFeatureSets('two', 1, [set, set])).toThrow('two: two feature sets are folded from the same topic.')
})
