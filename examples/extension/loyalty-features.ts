import { defineFeatureSet } from 'scoreline/extensions'
import { count, sum } from 'scoreline/features/aggregations/totals'
import { loyaltyPoints, type LoyaltyPoints } from './loyalty-topics.ts'

const isCollected = ({ points }: LoyaltyPoints) => points > 0

/** What a customer collects. */
export const loyaltyFeatures = defineFeatureSet<LoyaltyPoints>('loyalty', 1, loyaltyPoints, {
  points30d: {
    value: sum((event) => (isCollected(event) ? event.points : 0)),
    within: '30d',
    meaning: 'Points collected in the last 30 days',
    unit: 'points',
    from: ['points'],
  },
  spending: {
    value: count((event) => !isCollected(event)),
    meaning: 'Times that points were spent',
    unit: 'times',
    from: ['points'],
  },
})
