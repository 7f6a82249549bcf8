import { assets, type Asset } from '../../schemas/customers/banking.ts'
import { latestTotals } from '../aggregations/latest-totals.ts'
import { recency } from '../aggregations/recency.ts'
import { defineFeatureSet } from '../define-feature-set.ts'

const groups = ['deposit', 'property', 'security', 'other'] as const

const values = latestTotals<Asset>('assets-values', groups.length, {
  where: () => true,
  id: ({ assetId }) => assetId,
  value: ({ valueMinor }) => valueMinor,
  group: ({ kind }) => groups.indexOf(kind),
})
const times = recency<Asset>()
const from = ['valueMinor', 'kind', 'occurredAt'] as const

/** A customer’s assets, at their latest values. */
export const assetFeatures = defineFeatureSet<Asset>('assets', 1, assets, {
  deposits: { value: values.total(0), meaning: 'Value of deposits', unit: 'minor units', from },
  depositCount: { value: values.nonZeroCount(0), meaning: 'Number of deposits with a balance', unit: 'deposits', from },
  property: { value: values.total(1), meaning: 'Value of property', unit: 'minor units', from },
  propertyCount: { value: values.nonZeroCount(1), meaning: 'Number of properties', unit: 'properties', from },
  securities: { value: values.total(2), meaning: 'Value of securities', unit: 'minor units', from },
  securityCount: { value: values.nonZeroCount(2), meaning: 'Number of holdings of securities', unit: 'holdings', from },
  other: { value: values.total(3), meaning: 'Value of other assets', unit: 'minor units', from },
  otherCount: { value: values.nonZeroCount(3), meaning: 'Number of other assets', unit: 'things', from },
  daysSinceValued: {
    value: times.daysSinceLast,
    meaning: 'Time since the latest valuation',
    unit: 'days',
    from: ['occurredAt'],
  },
})
