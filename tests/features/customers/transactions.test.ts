import { transactionFeatures } from '../../../features/customers/transactions.ts'
import type { Transaction } from '../../../schemas/customers/banking.ts'
import { rowOf } from '../row-of.ts'

const base = {
  source: 'test',
  customerId: 'c',
  accountId: 'a',
  currency: 'CNY',
  counterparty: null,
  channel: null,
  category: null,
  balanceMinor: null,
} as const
let next = 0
const at = (time: string, amountMinor: number, more: Partial<Transaction> = {}): Transaction => ({
  ...base,
  id: `t${next++}`,
  occurredAt: Date.parse(time),
  amountMinor,
  kind: 'other',
  ...more,
})

test('a month of a customer, reckoned by hand', () => {
  const row = rowOf(
    transactionFeatures,
    [
      at('2026-02-25T12:00Z', -700),
      at('2026-03-05T09:00Z', 10_000, { kind: 'salary', balanceMinor: 10_500 }),
      at('2026-03-29T10:00Z', -2000, {
        kind: 'card',
        category: 'food',
        counterparty: 'm1',
        channel: 'terminal',
        balanceMinor: 8500,
      }),
      at('2026-03-30T08:59Z', -100, {
        kind: 'card',
        category: 'food',
        counterparty: 'm2',
        channel: 'terminal',
        balanceMinor: 8400,
      }),
      at('2026-03-30T09:01Z', -300, {
        kind: 'card',
        category: 'travel',
        counterparty: 'm1',
        channel: 'web',
        balanceMinor: -50,
      }),
      at('2026-03-31T09:30Z', -600, { kind: 'fee', currency: 'EUR' }),
    ],
    Date.parse('2026-03-31T09:30Z'),
  )
  expect(row).toMatchObject({
    count: 6,
    spent: 3700,
    spentMean: 740,
    spentMax: 2000,
    spentLast: 600,
    received: 10_000,
    receivedMean: 10_000,
    spentToReceived: 0.37,
    balanceLast: -50,
    balanceMin: -50,
    balanceMax: 10_500,
    balanceMean: (10_500 + 8500 + 8400 - 50) / 4,
    overdrawnShare: 0.25,
    daysSinceLast: 0,
    // Counts from 09:00, since the window begins at 09:30, in that hour.
    count24h: 2,
    spent24h: 900,
    spentMax24h: 600,
    // Counts from the 24th.
    count7d: 4,
    spent7d: 3000,
    received7d: 0,
    // Counts from the 1st, without 25 February.
    count30d: 5,
    spent30d: 3000,
    received30d: 10_000,
    balanceMin30d: -50,
    cardShare: 0.5,
    salaryShare: 1 / 6,
    feeShare: 1 / 6,
    cashShare: 0,
    usualCategoryShare: 2 / 3,
    categories: 2,
    usualChannelShare: 2 / 3,
    channels: 2,
    counterparties: 2,
    currencies: 2,
  })
  expect(row['daysSinceFirst']).toBeCloseTo(33 + 21.5 / 24, 9)
  expect(row['meanGapDays']).toBeCloseTo((33 + 21.5 / 24) / 5, 9)
  expect(row['categoryEntropy']).toBeCloseTo(-(2 / 3) * Math.log(2 / 3) - (1 / 3) * Math.log(1 / 3), 9)
  expect(row['spentDecayed24h']).toBeCloseTo(
    600 + 300 * 0.5 ** (24.4833333 / 24) + 100 * 0.5 ** (24.5166667 / 24) + 2000 * 0.5 ** (47.5 / 24),
    3,
  )
})

test('spending that is even bursts by 1/30', () => {
  const daily = Array.from({ length: 700 }, (_, day) =>
    at(new Date(Date.UTC(2024, 0, 1) + day * 86_400_000).toISOString(), -100),
  )
  const { spentBurst } = rowOf(transactionFeatures, daily, daily.at(-1)!.occurredAt)
  // Σ 2^-k ÷ Σ 2^-(k/30) over all days.
  expect(spentBurst).toBeCloseTo(2 / (1 / (1 - 0.5 ** (1 / 30))), 6)
})
