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
  deposits: { value: values.total(0), meaning: 'Deposits', unit: 'minor units', from },
  depositCount: { value: values.things(0), meaning: 'Deposits that hold something', unit: 'deposits', from },
  property: { value: values.total(1), meaning: 'Property', unit: 'minor units', from },
  propertyCount: { value: values.things(1), meaning: 'Properties', unit: 'properties', from },
  securities: { value: values.total(2), meaning: 'Securities', unit: 'minor units', from },
  securityCount: { value: values.things(2), meaning: 'Holdings of securities', unit: 'holdings', from },
  other: { value: values.total(3), meaning: 'Other assets', unit: 'minor units', from },
  otherCount: { value: values.things(3), meaning: 'Other assets', unit: 'things', from },
  daysSinceValued: {
    value: times.daysSinceLast,
    meaning: 'Since the latest valuation',
    unit: 'days',
    from: ['occurredAt'],
  },
})
