import fc from 'fast-check'
import { customerFeatures } from '../../../features/customers/customer.ts'
import type { Envelope } from '../../../schemas/avro/schema.ts'
import { mapMemory } from '../map-memory.ts'
import { DAY_MS, expectSameRow, randomEvents, shuffled, START } from '../random-events.ts'

interface Arrival {
  readonly topic: string
  readonly event: Envelope
}

const foldOf = new Map(customerFeatures.folds.map((fold) => [fold.topic.name, fold]))

function rowAfter(arrivals: readonly Arrival[], at: number): Float64Array {
  const memory = mapMemory(customerFeatures.kinds)
  for (const { topic, event } of arrivals) foldOf.get(topic)!.fold(memory, event)
  const row = new Float64Array(customerFeatures.names.length)
  customerFeatures.row(memory, at, row, 0)
  return row
}

function arrivals(spanDays: number): fc.Arbitrary<readonly Arrival[]> {
  const events = randomEvents(spanDays)
  const of = (topic: string, event: fc.Arbitrary<Envelope>) => event.map((event) => ({ topic, event }))
  return fc.array(
    fc.oneof(
      { weight: 4, arbitrary: of('transactions', events.transactions) },
      of('credit-lines', events.credit),
      of('assets', events.assets),
      of('purchases', events.purchases),
      { weight: 2, arbitrary: of('interactions', events.interactions) },
      { weight: 2, arbitrary: of('calls', events.calls) },
      of('profiles', events.profiles),
    ),
    { maxLength: 120, size: 'max' },
  )
}
const latestOf = (list: readonly Arrival[]) =>
  list.reduce((latest, { event }) => Math.max(latest, event.occurredAt), START)

describe('customerFeatures', () => {
  it('has the features of every topic of a customer, each name once', () => {
    expect(customerFeatures.id).toBe('customer@1')
    expect(new Set(customerFeatures.names).size).toBe(customerFeatures.names.length)
    expect(customerFeatures.descriptions.map(({ name }) => name)).toEqual(customerFeatures.names)
    expect([...foldOf.keys()].sort()).toEqual([
      'assets',
      'calls',
      'credit-lines',
      'interactions',
      'profiles',
      'purchases',
      'transactions',
    ])
  })

  it('gives the same row in any order of the events of two days', () => {
    fc.assert(
      fc.property(shuffled(arrivals(2)), ({ list, other }) => {
        const at = latestOf(list)
        const sorted = [...list].sort((a, b) => a.event.occurredAt - b.event.occurredAt)
        expectSameRow(rowAfter(other, at), rowAfter(sorted, at), customerFeatures.names)
      }),
      { numRuns: 150 },
    )
  })

  it('gives the same row in any order of the events of two months: only tiles outside every window are dropped', () => {
    fc.assert(
      fc.property(shuffled(arrivals(60)), ({ list, other }) => {
        const at = latestOf(list)
        expectSameRow(rowAfter(other, at), rowAfter(list, at), customerFeatures.names)
      }),
      { numRuns: 100 },
    )
  })

  it('gives the row of one customer after two were merged, with late events of the former one', () => {
    const owned = (spanDays: number) =>
      fc.record({
        list: arrivals(spanDays),
        formers: fc.array(fc.boolean(), { minLength: 120, maxLength: 120 }),
        mergedAt: fc.nat(120),
      })
    fc.assert(
      fc.property(fc.oneof(owned(2), owned(60)), ({ list, formers, mergedAt }) => {
        const at = latestOf(list)
        const [into, former] = [mapMemory(customerFeatures.kinds), mapMemory(customerFeatures.kinds, 'former')]
        const before = list.slice(0, mergedAt)
        for (const [index, { topic, event }] of before.entries())
          foldOf.get(topic)!.fold(formers[index]! ? former : into, event)
        customerFeatures.merge(into, former)
        for (const { topic, event } of list.slice(mergedAt)) foldOf.get(topic)!.fold(into, event)
        const row = new Float64Array(customerFeatures.names.length)
        customerFeatures.row(into, at, row, 0)
        expectSameRow(row, rowAfter(list, at), customerFeatures.names)
      }),
      { numRuns: 200 },
    )
  })

  it('writes from the offset on and nothing else', () => {
    const row = new Float32Array(customerFeatures.names.length + 4).fill(7)
    customerFeatures.row(mapMemory(customerFeatures.kinds), START, row, 2)
    expect([row[0], row[1], row.at(-2), row.at(-1)]).toEqual([7, 7, 7, 7])
    expect(row.subarray(2, -2).includes(7)).toBe(false)
  })

  it('has counts of zero for a customer without events, and nothing else', () => {
    const row = rowAfter([], START)
    const valueOf = (name: string) => row[customerFeatures.names.indexOf(name)]
    expect(valueOf('transactions.count')).toBe(0)
    expect(valueOf('transactions.spent24h')).toBe(0)
    expect(valueOf('transactions.spentMean')).toBeNaN()
    expect(valueOf('transactions.daysSinceLast')).toBeNaN()
    expect(valueOf('creditLines.usage')).toBeNaN()
    expect(valueOf('profile.age')).toBeNaN()
    expect(row.every((value) => value === 0 || Number.isNaN(value))).toBe(true)
  })

  it('forgets tiles that no window reaches back to', () => {
    const memory = mapMemory(customerFeatures.kinds)
    const { fold } = foldOf.get('interactions')!
    const [interaction] = fc.sample(randomEvents(1).interactions, { numRuns: 1, seed: 1 })
    for (let day = 0; day < 200; day++)
      fold(memory, { ...interaction!, item: null, occurredAt: START + day * DAY_MS } as Envelope)
    const days = customerFeatures.kinds.find(({ name }) => name === 'interactions-days')!
    const hours = customerFeatures.kinds.find(({ name }) => name === 'interactions-hours')!
    expect(memory.sizeOf(days)).toBe(31)
    expect(memory.sizeOf(hours)).toBe(2)
  })
})
