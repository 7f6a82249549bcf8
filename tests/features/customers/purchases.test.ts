import { purchaseFeatures } from '../../../features/customers/purchases.ts'
import type { Purchase } from '../../../schemas/customers/banking.ts'
import { rowOf } from '../row-of.ts'

const purchase = (time: string, amountMinor: number, more: Partial<Purchase> = {}): Purchase => ({
  id: time,
  occurredAt: Date.parse(time),
  source: 'test',
  customerId: 'c',
  product: null,
  category: null,
  quantity: 1,
  amountMinor,
  currency: 'USD',
  channel: null,
  ...more,
})

test('spend, frequency and recency of three purchases, reckoned by hand', () => {
  const row = rowOf(
    purchaseFeatures,
    [
      purchase('2026-01-10T00:00Z', 1000, { product: 'cd', category: 'music', quantity: 2 }),
      purchase('2026-03-20T00:00Z', 500, { product: 'cd', category: 'music', channel: 'web' }),
      purchase('2026-02-01T00:00Z', 3000, { product: 'player', quantity: 0.5 }),
    ],
    Date.parse('2026-03-30T00:00Z'),
  )
  expect(row).toMatchObject({
    count: 3,
    spent: 4500,
    spentMean: 1500,
    spentMax: 3000,
    spentLast: 500,
    quantity: 3.5,
    daysSinceLast: 10,
    daysSinceFirst: 79,
    meanGapDays: 34.5,
    count30d: 1,
    spent30d: 500,
    usualProductShare: 2 / 3,
    products: 2,
    usualCategoryShare: 1,
    categoryEntropy: 0,
    categories: 1,
    channels: 1,
  })
})
