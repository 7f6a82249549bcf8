import { documented, enumeration, event, identifier, int, topic, type TypeOf } from 'scoreline/extensions'

const LoyaltyPoints = event('LoyaltyPoints', 'Points that a customer collected or spent.', {
  customerId: identifier,
  points: documented('Collected, or spent if negative.', int),
})
export type LoyaltyPoints = TypeOf<typeof LoyaltyPoints>

export const loyaltyPoints = topic<LoyaltyPoints>({
  name: 'loyalty-points',
  schema: LoyaltyPoints,
  key: 'customerId',
  keyOf: ({ customerId }) => customerId,
  retention: { days: 400 },
  role: 'input',
  producer: 'loyalty app',
})

const LoyaltyLevel = event('LoyaltyLevel', 'The level of a customer, published when it changes.', {
  customerId: identifier,
  level: enumeration('LoyaltyLevelName', ['none', 'silver', 'gold']),
  points30d: documented('Points collected in the last 30 days.', int),
})
export type LoyaltyLevel = TypeOf<typeof LoyaltyLevel>

export const loyaltyLevels = topic<LoyaltyLevel>({
  name: 'loyalty-levels',
  schema: LoyaltyLevel,
  key: 'customerId',
  keyOf: ({ customerId }) => customerId,
  retention: 'compacted',
  role: 'output',
  producer: 'loyalty-level',
})
