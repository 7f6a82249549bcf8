import { decayedSum } from '../../features/aggregations/decayed-sum.ts'
import { maximum, minimum } from '../../features/aggregations/extremes.ts'
import { secondsSinceBefore } from '../../features/aggregations/last-gap.ts'
import { lastValue } from '../../features/aggregations/last-value.ts'
import { symbolCounts } from '../../features/aggregations/symbol-counts.ts'
import { count, totals } from '../../features/aggregations/totals.ts'
import { defineFeatureSet, type DefinedFeatures } from '../../features/define-feature-set.ts'
import type { Topic } from '../../schemas/topic.ts'
import { kinds, type BenchTransaction } from './schemas.ts'

const amountOf = ({ amount }: BenchTransaction) => amount
const inflowOf = ({ amount }: BenchTransaction) => (amount >= 0 ? amount : Number.NaN)
const outflowOf = ({ amount }: BenchTransaction) => (amount >= 0 ? Number.NaN : -amount)
const balanceOf = ({ balance }: BenchTransaction) => balance

/** Defines the sixteen features of SB-S, in order. */
export function benchFeatures(transactions: Topic<BenchTransaction>): DefinedFeatures<BenchTransaction> {
  const amounts = totals(amountOf)
  const counts = symbolCounts(kinds, ({ kind }: BenchTransaction) => kind)
  const money = (value: ReturnType<typeof lastValue<BenchTransaction>>, meaning: string) => ({
    value,
    meaning,
    unit: 'money',
    from: ['amount' as const],
  })
  return defineFeatureSet<BenchTransaction>('sb-s', 1, transactions, {
    count: { value: count(), meaning: 'Movements', unit: 'movements', from: ['transactionId'] },
    sum: money(amounts.sum, 'Sum of the amounts'),
    mean: money(amounts.mean, 'Mean amount'),
    min: money(minimum(amountOf), 'Smallest amount'),
    max: money(maximum(amountOf), 'Largest amount'),
    inflow1h: money(decayedSum(inflowOf, '1h'), 'Inflow with a half-life of 1 h'),
    inflow24h: money(decayedSum(inflowOf, '24h'), 'Inflow with a half-life of 24 h'),
    inflow30d: money(decayedSum(inflowOf, '30d'), 'Inflow with a half-life of 30 d'),
    outflow1h: money(decayedSum(outflowOf, '1h'), 'Outflow with a half-life of 1 h'),
    outflow24h: money(decayedSum(outflowOf, '24h'), 'Outflow with a half-life of 24 h'),
    outflow30d: money(decayedSum(outflowOf, '30d'), 'Outflow with a half-life of 30 d'),
    balance: { value: lastValue(balanceOf), meaning: 'Last balance', unit: 'money', from: ['balance'] },
    balanceMin: { value: minimum(balanceOf), meaning: 'Smallest balance', unit: 'money', from: ['balance'] },
    secondsSinceBefore: {
      value: secondsSinceBefore(),
      meaning: 'Since the movement before',
      unit: 's',
      from: ['occurredAt'],
    },
    kindCount: {
      value: counts.latestCount,
      meaning: 'Movements of the latest kind',
      unit: 'movements',
      from: ['kind'],
    },
    kindShare: { value: counts.latestShare, meaning: 'Their share', unit: 'share', from: ['kind'] },
  })
}
