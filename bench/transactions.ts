import { random, randomInteger } from '../models/random.ts'
import type { Transaction } from '../schemas/customers/banking.ts'

const CUSTOMERS = 10_000

/**
 * Creates card payments of ten thousand customers, a second apart and evenly spread over the customers; another seed
 * gives others.
 */
export function simulatedTransactions(count: number, seed = 1): Transaction[] {
  const next = random(seed)
  const startAt = Date.UTC(2026, 0, 1)
  return Array.from({ length: count }, (_, index) => {
    const customer = randomInteger(next, CUSTOMERS)
    return {
      id: `t${index}`,
      occurredAt: startAt + index * 1_000,
      source: 'bench',
      customerId: `c${customer}`,
      accountId: `a${customer}`,
      amountMinor: -randomInteger(next, 100_000),
      balanceMinor: randomInteger(next, 10_000_000),
      currency: 'CNY',
      kind: 'card',
      category: `category-${randomInteger(next, 20)}`,
      counterparty: `shop-${randomInteger(next, 500)}`,
      channel: 'card',
    }
  })
}

/** Creates transactions of which the last occurs at `now`, so that no timer is due early. */
export function transactionsUntil(now: number, count: number, seed?: number): readonly Transaction[] {
  const values = simulatedTransactions(count, seed)
  const shift = now - values.at(-1)!.occurredAt
  return values.map((value) => ({ ...value, occurredAt: value.occurredAt + shift }))
}
