import { assetFeatures } from '../../../features/loans/assets.ts'
import type { Asset } from '../../../schemas/customers/banking.ts'
import { rowOf } from '../row-of.ts'

const asset = (time: string, assetId: string, kind: Asset['kind'], valueMinor: number): Asset => ({
  id: time,
  occurredAt: Date.parse(time),
  source: 'test',
  customerId: 'c',
  assetId,
  kind,
  valueMinor,
  currency: 'CNY',
})

test('assets count as last valued; sold ones no longer count', () => {
  const row = rowOf(
    assetFeatures,
    [
      asset('2026-03-05T00:00Z', 'd1', 'deposit', 700),
      asset('2026-01-01T00:00Z', 'd1', 'deposit', 100),
      asset('2026-01-02T00:00Z', 'd2', 'deposit', 50),
      asset('2026-01-03T00:00Z', 'h1', 'property', 90_000),
      asset('2026-02-03T00:00Z', 'h1', 'property', 0),
      asset('2026-02-04T00:00Z', 's1', 'security', 20),
    ],
    Date.parse('2026-03-10T00:00Z'),
  )
  expect(row).toEqual({
    deposits: 750,
    depositCount: 2,
    property: 0,
    propertyCount: 0,
    securities: 20,
    securityCount: 1,
    other: 0,
    otherCount: 0,
    daysSinceValued: 5,
  })
})
