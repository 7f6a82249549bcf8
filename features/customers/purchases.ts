import { purchases, type Purchase } from '../../schemas/customers/banking.ts'
import { decayedSum } from '../aggregations/decayed-sum.ts'
import { maximum } from '../aggregations/extremes.ts'
import { lastValue } from '../aggregations/last-value.ts'
import { recency } from '../aggregations/recency.ts'
import { count, sum, totals } from '../aggregations/totals.ts'
import { valueCounts } from '../aggregations/value-counts.ts'
import { defineFeatureSet, overWindows } from '../define-feature-set.ts'

const amountOf = ({ amountMinor }: Purchase) => amountMinor

const spent = totals(amountOf)
const times = recency<Purchase>()
const purchaseProducts = valueCounts<Purchase>('purchases-products', ({ product }) => product)
const purchaseCategories = valueCounts<Purchase>('purchases-categories', ({ category }) => category)
const purchaseChannels = valueCounts<Purchase>('purchases-channels', ({ channel }) => channel)

/** A customer’s purchases. Amounts are added as they are, in minor units. */
export const purchaseFeatures = defineFeatureSet<Purchase>('purchases', 1, purchases, {
  count: { value: count(), meaning: 'Purchases so far', unit: 'purchases', from: ['id'] },
  spent: { value: spent.sum, meaning: 'Total spend on purchases', unit: 'minor units', from: ['amountMinor'] },
  spentMean: { value: spent.mean, meaning: 'Average spend per purchase', unit: 'minor units', from: ['amountMinor'] },
  spentMax: {
    value: maximum(amountOf),
    meaning: 'Amount of the largest purchase',
    unit: 'minor units',
    from: ['amountMinor'],
  },
  spentLast: {
    value: lastValue(amountOf),
    meaning: 'Amount of the latest purchase',
    unit: 'minor units',
    from: ['amountMinor', 'occurredAt'],
  },
  quantity: { value: sum(({ quantity }) => quantity), meaning: 'Quantity bought', unit: 'pieces', from: ['quantity'] },
  daysSinceLast: {
    value: times.daysSinceLast,
    meaning: 'Recency: time since the latest purchase',
    unit: 'days',
    from: ['occurredAt'],
  },
  daysSinceFirst: {
    value: times.daysSinceFirst,
    meaning: 'Time since the first purchase',
    unit: 'days',
    from: ['occurredAt'],
  },
  meanGapDays: {
    value: times.meanGapDays,
    meaning: 'Purchase frequency: mean time between two purchases',
    unit: 'days',
    from: ['occurredAt'],
  },
  ...overWindows<Purchase>('count', ['30d'], {
    value: count(),
    meaning: 'Purchases',
    unit: 'purchases',
    from: ['occurredAt'],
  }),
  ...overWindows<Purchase>('spent', ['30d'], {
    value: sum(amountOf),
    meaning: 'Spend on purchases',
    unit: 'minor units',
    from: ['amountMinor', 'occurredAt'],
  }),
  spentDecayed30d: {
    value: decayedSum(amountOf, '30d'),
    meaning: 'Spend on purchases, weighted by recency with a half-life of 30d',
    unit: 'minor units',
    from: ['amountMinor', 'occurredAt'],
  },
  usualProductShare: {
    value: purchaseProducts.usualShare,
    meaning: 'Share of the product bought most often',
    unit: 'share',
    from: ['product'],
  },
  products: {
    value: purchaseProducts.distinct,
    meaning: 'Number of different products',
    unit: 'products',
    from: ['product'],
  },
  usualCategoryShare: {
    value: purchaseCategories.usualShare,
    meaning: 'Share of the most frequent category',
    unit: 'share',
    from: ['category'],
  },
  categoryEntropy: {
    value: purchaseCategories.entropy,
    meaning: 'Entropy of the categories: 0 if they are all the same',
    unit: 'nats',
    from: ['category'],
  },
  categories: {
    value: purchaseCategories.distinct,
    meaning: 'Number of different categories',
    unit: 'categories',
    from: ['category'],
  },
  usualChannelShare: {
    value: purchaseChannels.usualShare,
    meaning: 'Share of the most frequent channel',
    unit: 'share',
    from: ['channel'],
  },
  channels: {
    value: purchaseChannels.distinct,
    meaning: 'Number of different channels',
    unit: 'channels',
    from: ['channel'],
  },
})
