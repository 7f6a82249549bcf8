/** Compares every aggregation with the plain computation over the list of all events, in any order of folding. */
import fc from 'fast-check'
import type { Reading } from '../../features/aggregation.ts'
import { decayedSum, halfLives } from '../../features/aggregations/decayed-sum.ts'
import { deviation } from '../../features/aggregations/deviation.ts'
import { distinctCount } from '../../features/aggregations/distinct-count.ts'
import { maximum, minimum } from '../../features/aggregations/extremes.ts'
import { lastValue } from '../../features/aggregations/last-value.ts'
import { difference, ratio, share } from '../../features/aggregations/ratio.ts'
import { recency } from '../../features/aggregations/recency.ts'
import { count, mean, sum, totals } from '../../features/aggregations/totals.ts'
import { usualValue, valueCounts } from '../../features/aggregations/value-counts.ts'
import { defineFeatureSet, type FeatureDefinition } from '../../features/define-feature-set.ts'
import type { Window } from '../../features/tiles.ts'
import { transactions, type Transaction } from '../../schemas/customers/banking.ts'
import { HOUR_MS } from '../../schemas/durations.ts'
import { mapMemory } from './map-memory.ts'
import { DAY_MS, expectSameRow, randomEvents, START } from './random-events.ts'

type Plain = (events: readonly Transaction[], at: number) => number

const amount = ({ amountMinor }: Transaction) => amountMinor
const balance = ({ balanceMinor }: Transaction) => balanceMinor ?? Number.NaN
const isCard = ({ kind }: Transaction) => kind === 'card'
const category = ({ category }: Transaction) => category

const plainSum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0)
const plainMean = (numbers: readonly number[]) =>
  numbers.length === 0 ? Number.NaN : plainSum(numbers) / numbers.length
const balances = (events: readonly Transaction[]) => events.map(balance).filter((value) => !Number.isNaN(value))
const timesOf = (events: readonly Transaction[]) => events.map(({ occurredAt }) => occurredAt)
const countsOf = (values: readonly (string | null)[]) => {
  const counts = new Map<string, number>()
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}
const plainEntropy = (counts: readonly number[]) => {
  const all = plainSum(counts)
  return all === 0 ? Number.NaN : -plainSum(counts.map((each) => (each / all) * Math.log(each / all)))
}

const categories = valueCounts('categories', category)
const balanceTotals = totals(balance)
const times = recency<Transaction>()

const cases: Record<string, readonly [Reading<Transaction>, Plain]> = {
  count: [count(), (events) => events.length],
  countWhere: [count(isCard), (events) => events.filter(isCard).length],
  sum: [sum(amount), (events) => plainSum(events.map(amount))],
  mean: [mean(amount), (events) => plainMean(events.map(amount))],
  sumOfSome: [balanceTotals.sum, (events) => plainSum(balances(events))],
  meanOfSome: [balanceTotals.mean, (events) => plainMean(balances(events))],
  countOfSome: [balanceTotals.count, (events) => balances(events).length],
  maximum: [maximum(balance), (events) => (balances(events).length === 0 ? Number.NaN : Math.max(...balances(events)))],
  minimum: [minimum(balance), (events) => (balances(events).length === 0 ? Number.NaN : Math.min(...balances(events)))],
  share: [share(isCard), (events) => plainMean(events.map((event) => (isCard(event) ? 1 : 0)))],
  ratio: [
    ratio(sum(amount), count(isCard)),
    (events) => (events.some(isCard) ? plainSum(events.map(amount)) / events.filter(isCard).length : Number.NaN),
  ],
  difference: [difference(count(), count(isCard)), (events) => events.filter((event) => !isCard(event)).length],
  daysSinceLast: [
    times.daysSinceLast,
    (events, at) => (events.length === 0 ? Number.NaN : (at - Math.max(...timesOf(events))) / DAY_MS),
  ],
  daysSinceFirst: [
    times.daysSinceFirst,
    (events, at) => (events.length === 0 ? Number.NaN : (at - Math.min(...timesOf(events))) / DAY_MS),
  ],
  meanGapDays: [
    times.meanGapDays,
    (events) =>
      events.length < 2
        ? Number.NaN
        : (Math.max(...timesOf(events)) - Math.min(...timesOf(events))) / (events.length - 1) / DAY_MS,
  ],
}

const unwindowed: typeof cases = {
  deviation: [
    deviation(amount),
    (events) => Math.sqrt(plainMean(events.map((event) => (amount(event) - plainMean(events.map(amount))) ** 2))),
  ],
  lastValue: [
    lastValue(balance),
    (events) => {
      const known = events.filter((event) => !Number.isNaN(balance(event)))
      const last = Math.max(...timesOf(known))
      return known.length === 0
        ? Number.NaN
        : Math.max(...known.filter(({ occurredAt }) => occurredAt === last).map(balance))
    },
  ],
  ...Object.fromEntries(
    (['1h', '24h', '30d'] as const).map((halfLife) => [
      `decayed${halfLife}`,
      [
        decayedSum((event: Transaction) => Math.abs(amount(event)), halfLife),
        (events: readonly Transaction[], at: number) =>
          plainSum(
            events.map((event) => Math.abs(amount(event)) * 0.5 ** ((at - event.occurredAt) / halfLives[halfLife])),
          ),
      ] as const,
    ]),
  ),
  usualShare: [
    categories.usualShare,
    (events) => {
      const counts = [...countsOf(events.map(category)).values()]
      return counts.length === 0 ? Number.NaN : Math.max(...counts) / plainSum(counts)
    },
  ],
  entropy: [categories.entropy, (events) => plainEntropy([...countsOf(events.map(category)).values()])],
  distinct: [categories.distinct, (events) => countsOf(events.map(category)).size],
  distinctCount: [
    distinctCount('counterparties', ({ counterparty }: Transaction) => counterparty),
    (events) => countsOf(events.map(({ counterparty }) => counterparty)).size,
  ],
}

/** The window starts with the hour or day (UTC) in which it begins. */
const windowStart: Record<Window, (at: number) => number> = {
  '24h': (at) => Math.floor((at - DAY_MS) / HOUR_MS) * HOUR_MS,
  '7d': (at) => Math.floor((at - 7 * DAY_MS) / DAY_MS) * DAY_MS,
  '30d': (at) => Math.floor((at - 30 * DAY_MS) / DAY_MS) * DAY_MS,
}

const words = { meaning: '', unit: '', from: ['amountMinor'] } as const
const definitions: Record<string, FeatureDefinition<Transaction>> = {}
const plain: Plain[] = []
for (const [name, [value, expected]] of Object.entries({ ...cases, ...unwindowed })) {
  definitions[name] = { value, ...words }
  plain.push(expected)
}
for (const within of ['24h', '7d', '30d'] as const) {
  for (const [name, [value, expected]] of Object.entries(cases)) {
    definitions[`${name}${within}`] = { value, within, ...words }
    plain.push((events, at) =>
      expected(
        events.filter(({ occurredAt }) => occurredAt >= windowStart[within](at)),
        at,
      ),
    )
  }
}
const set = defineFeatureSet<Transaction>('checked', 1, transactions, definitions)

/** Fewer than 32 counterparties, for which the count is exact. */
const events = fc.array(
  randomEvents(50).transactions.map((event) => ({
    ...event,
    counterparty: event.counterparty?.replace(/\d$/, '') ?? null,
  })),
  { minLength: 1, maxLength: 80, size: 'max' },
)

test('every aggregation agrees with the plain computation over all events, over all time and over windows', () => {
  fc.assert(
    fc.property(events, fc.integer({ min: 0, max: 3 * DAY_MS }), (list, later) => {
      const memory = mapMemory(set.kinds)
      for (const event of list) set.fold(memory, event)
      const at = Math.max(...timesOf(list)) + later
      const row = new Float64Array(set.names.length)
      set.row(memory, at, row, 0)
      expectSameRow(
        row,
        Float64Array.from(plain, (expected) => expected(list, at)),
        set.names,
      )
    }),
    { numRuns: 150 },
  )
})

test('the usual value is known by name, the first in the alphabet among equals', () => {
  const memory = mapMemory(set.kinds)
  expect(usualValue(memory, categories)).toBeUndefined()
  const [event] = fc.sample(randomEvents(1).transactions, { numRuns: 1, seed: 3 })
  const fold = (value: string | null) => set.fold(memory, { ...event!, category: value, occurredAt: START })
  for (const value of ['餐饮', 'travel', null, 'rent', 'travel', 'rent']) fold(value)
  expect(usualValue(memory, categories)).toBe('rent')
  fold('餐饮')
  fold('餐饮')
  expect(usualValue(memory, categories)).toBe('餐饮')
})
