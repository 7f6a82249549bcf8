import fc from 'fast-check'
import { usualValue, valueCounts } from '../../../features/aggregations/value-counts.ts'
import { defineFeatureSet } from '../../../features/define-feature-set.ts'
import { unitHash } from '../../../features/string-hash.ts'
import { transactions, type Transaction } from '../../../schemas/customers/banking.ts'
import { mapMemory } from '../map-memory.ts'
import { expectSameRow, randomEvents } from '../random-events.ts'

const counts = valueCounts<Transaction>('values', ({ category }) => category)
const words = { meaning: '', unit: '', from: ['category'] } as const
const set = defineFeatureSet<Transaction>('many', 1, transactions, {
  usualShare: { value: counts.usualShare, ...words },
  entropy: { value: counts.entropy, ...words },
  distinct: { value: counts.distinct, ...words },
})
const [event] = fc.sample(randomEvents(1).transactions, { numRuns: 1, seed: 1 })

function folded(values: readonly string[]) {
  const memory = mapMemory(set.kinds)
  for (const category of values) set.fold(memory, { ...event!, category })
  const row = new Float64Array(3)
  set.row(memory, event!.occurredAt, row, 0)
  return { memory, row }
}

/** Returns values of which the n-th occurs n % 5 + 1 times. */
const many = (distinct: number) =>
  Array.from({ length: distinct }, (_, n) => new Array<string>((n % 5) + 1).fill(`shop ${n}`)).flat()

describe('valueCounts', () => {
  it('remembers 256 values at most, and estimates how many there are', () => {
    const { memory, row } = folded(many(5000))
    expect(memory.sizeOf(counts.kind)).toBe(256)
    expect(row[2]! / 5000).toBeGreaterThan(0.85)
    expect(row[2]! / 5000).toBeLessThan(1.15)
  })

  it('is exact for 256 values and no longer for 257', () => {
    expect(folded(many(256)).row[2]).toBe(256)
    expect(folded(many(257)).row[2]).not.toBe(256)
  })

  it('remembers the same in whatever order more values come than it keeps, and forgets the usual one if it must', () => {
    const [unlucky] = many(400).sort((a, b) => unitHash(b) - unitHash(a))
    const values = [...many(400), ...new Array<string>(50).fill(unlucky!)]
    const sorted = folded(values)
    fc.assert(
      fc.property(fc.shuffledSubarray(values, { minLength: values.length }), (shuffled) => {
        const other = folded(shuffled)
        expectSameRow(other.row, sorted.row, set.names)
        expect([...other.memory.scan(counts.kind)]).toEqual([...sorted.memory.scan(counts.kind)])
        expect(usualValue(other.memory, counts)).toBe(usualValue(sorted.memory, counts))
      }),
      { numRuns: 15 },
    )
  })

  it('keeps the same of two keys that are one, however many values each has', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(many(400), { minLength: 900 }), fc.nat(900), (values, at) => {
        const [one, other] = [folded(values.slice(0, at)), folded(values.slice(at))]
        set.merge(one.memory, other.memory)
        const row = new Float64Array(3)
        set.row(one.memory, event!.occurredAt, row, 0)
        const all = folded(values)
        expectSameRow(row, all.row, set.names)
        expect([...one.memory.scan(counts.kind)]).toEqual([...all.memory.scan(counts.kind)])
      }),
      { numRuns: 30 },
    )
  })

  it('accepts values of any length and with any characters', () => {
    const long = '长'.repeat(5000)
    const { memory, row } = folded([long, `${long}!`, 'a\u0000b', '', long])
    expect(row[2]).toBe(4)
    for (const [id] of memory.scan(counts.kind)) {
      expect(id.length).toBeLessThanOrEqual(120)
      expect(id).not.toContain('\u0000')
    }
  })
})
