import { catalogueOf } from '../../../features/catalogue.ts'
import { comparisonText } from '../../../features/visits/comparison-text.ts'
import { reasonsFrom } from '../../../features/reasons.ts'
import { featureSets } from '../../../subjects/subjects.ts'

const catalogue = catalogueOf(featureSets)

const compared = (name: string, row: Readonly<Record<string, number>>) =>
  comparisonText(name, (other) => row[other] ?? Number.NaN)

test.each([
  [38_000, 100_000, '62 % below the average'],
  [150_000, 100_000, '50 % above the average'],
  [320_000, 100_000, '3.2 times the average'],
  [0, 100_000, '100 % below the average'],
  [99_000, 100_000, undefined],
  [-5_000, 100_000, undefined],
  [5_000, -100, undefined],
  [Number.NaN, 100, undefined],
])('the latest of %s with %s on average: %s', (balanceLast, balanceMean, words) => {
  const row = { 'transactions.balanceLast': balanceLast, 'transactions.balanceMean': balanceMean }
  expect(compared('transactions.balanceLast', row)).toBe(words)
})

test.each([
  [20, 400, 300, '50 % less than usual'],
  [100, 400, 300, '2.5 times the usual'],
  [20, 40, 59, undefined],
  [0, 0, 300, undefined],
])('%s in a window of 30 days, %s in %s days: %s', (count, total, days, words) => {
  const row = { 'calls.count30d': count, 'calls.count': total, 'calls.daysSinceFirst': days }
  expect(compared('calls.count30d', row)).toBe(words)
})

test('extremes and fading sums have no usual amount', () => {
  const row = {
    'a.spentMax30d': 5,
    'a.spentMax': 10,
    'a.spentDecayed30d': 5,
    'a.spentDecayed': 3,
    'a.daysSinceFirst': 900,
  }
  expect([compared('a.spentMax30d', row), compared('a.spentDecayed30d', row)]).toEqual([undefined, undefined])
})

test('only numbers that add up are compared with their total', () => {
  const names = catalogue.map(({ name }) => name)
  const windowed = names.filter(
    (name) =>
      comparisonText(name, (other) => (!names.includes(other) ? Number.NaN : other === name ? 1 : 100)) !== undefined,
  )
  expect(windowed).toMatchInlineSnapshot(`
   [
     "transactions.spentLast",
     "transactions.balanceLast",
     "transactions.count7d",
     "transactions.count30d",
     "transactions.spent7d",
     "transactions.spent30d",
     "transactions.received7d",
     "transactions.received30d",
     "creditLines.drawnLast",
     "purchases.spentLast",
     "purchases.count30d",
     "purchases.spent30d",
     "interactions.responseTimeLast",
     "interactions.count7d",
     "interactions.count30d",
     "interactions.wealthSearches7d",
     "interactions.wealthSearches30d",
     "interactions.billQueries30d",
     "interactions.browseTime7d",
     "calls.durationLast",
     "calls.satisfactionLast",
     "calls.count7d",
     "calls.count30d",
     "calls.answered7d",
     "calls.answered30d",
     "calls.duration30d",
     "visits.count7d",
     "visits.count30d",
     "visits.textLengthLast",
     "turn.calls-satisfactionLast",
   ]
  `)
})

test('a reason contains it', () => {
  const features = [
    { name: 'transactions.balanceLast', meaning: 'Balance after the latest movement', unit: 'minor units' },
    { name: 'transactions.balanceMean', meaning: 'Average balance', unit: 'minor units' },
  ]
  const [reason] = reasonsFrom(features, [38_000, 100_000], Float64Array.of(0.8, 0.1), 1)
  expect(reason!.words).toBe('Balance after the latest movement: 380.00, 62 % below the average (raises the score)')
})
