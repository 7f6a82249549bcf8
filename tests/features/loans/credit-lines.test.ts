import { creditLineFeatures } from '../../../features/loans/credit-lines.ts'
import type { CreditLine } from '../../../schemas/customers/banking.ts'
import { rowOf } from '../row-of.ts'

const line = (time: string, lineId: string, kind: CreditLine['kind'], amountMinor: number): CreditLine => ({
  id: `${time}${kind}`,
  occurredAt: Date.parse(time),
  source: 'test',
  customerId: 'c',
  lineId,
  kind,
  amountMinor,
  currency: 'CNY',
})
const at = Date.parse('2026-04-01T00:00Z')

test('usage is cumulative drawdown ÷ the current limits, and may exceed 1', () => {
  const row = rowOf(
    creditLineFeatures,
    [
      line('2026-01-01T00:00Z', 'l1', 'limit', 1000),
      line('2026-01-02T00:00Z', 'l1', 'drawdown', 800),
      // The later of the two limits applies although it arrived first.
      line('2026-03-01T00:00Z', 'l1', 'limit', 500),
      line('2026-02-01T00:00Z', 'l1', 'limit', 9000),
      line('2026-02-01T00:00Z', 'l2', 'limit', 500),
      line('2026-03-02T00:00Z', 'l1', 'repayment', 600),
      line('2026-03-22T00:00Z', 'l2', 'drawdown', 1200),
    ],
    at,
  )
  expect(row).toMatchObject({
    lines: 2,
    limit: 1000,
    drawn: 2000,
    drawnMean: 1000,
    drawnLast: 1200,
    drawdowns: 2,
    repaid: 600,
    repayments: 1,
    outstanding: 1400,
    usage: 2,
    outstandingShare: 1.4,
    daysSinceDrawdown: 10,
    drawdownGapDays: 79,
    daysSinceRepayment: 30,
    drawn30d: 1200,
    repaid30d: 600,
  })
})

test('without a limit the usage is unknown, and so it is once the limit is withdrawn', () => {
  const drawn = line('2026-01-02T00:00Z', 'l1', 'drawdown', 800)
  expect(rowOf(creditLineFeatures, [drawn], at)).toMatchObject({
    drawn: 800,
    limit: 0,
    usage: Number.NaN,
    outstandingShare: Number.NaN,
  })
  const withdrawn = [line('2026-01-01T00:00Z', 'l1', 'limit', 1000), line('2026-03-01T00:00Z', 'l1', 'limit', 0), drawn]
  expect(rowOf(creditLineFeatures, withdrawn, at)).toMatchObject({ lines: 0, limit: 0, usage: Number.NaN })
})
