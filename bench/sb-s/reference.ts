import { kinds, type BenchTransaction } from './schemas.ts'

/** A plain second implementation of SB-S, independent of the engine: the result that every job must reach. */
export interface Customer {
  count: number
  sum: number
  min: number
  max: number
  readonly inflow: [number, number, number]
  readonly outflow: [number, number, number]
  balance: number
  balanceMin: number
  secondsSinceBefore: number
  latest: number
  readonly counts: number[]
}

const HALF_LIVES_S = [3_600, 86_400, 30 * 86_400] as const

export function newCustomer(): Customer {
  return {
    count: 0,
    sum: 0,
    min: Number.POSITIVE_INFINITY,
    max: Number.NEGATIVE_INFINITY,
    inflow: [0, 0, 0],
    outflow: [0, 0, 0],
    balance: 0,
    balanceMin: Number.POSITIVE_INFINITY,
    secondsSinceBefore: 0,
    latest: 0,
    counts: kinds.map(() => 0),
  }
}

export function fold(customer: Customer, { occurredAt, amount, balance, kind }: BenchTransaction): void {
  if (customer.count > 0) {
    const seconds = (occurredAt - customer.latest) / 1_000
    customer.secondsSinceBefore = seconds
    for (const [index, halfLife] of HALF_LIVES_S.entries()) {
      customer.inflow[index]! *= 0.5 ** (seconds / halfLife)
      customer.outflow[index]! *= 0.5 ** (seconds / halfLife)
    }
  }
  customer.count++
  customer.sum += amount
  customer.min = Math.min(customer.min, amount)
  customer.max = Math.max(customer.max, amount)
  const flow = amount >= 0 ? customer.inflow : customer.outflow
  for (const index of HALF_LIVES_S.keys()) flow[index]! += Math.abs(amount)
  customer.balance = balance
  customer.balanceMin = Math.min(customer.balanceMin, balance)
  customer.latest = occurredAt
  customer.counts[kinds.indexOf(kind)]! += 1
}

/** Returns the sixteen features after an event of that kind. */
export function rowOf(customer: Customer, kind: BenchTransaction['kind']): number[] {
  const ofKind = customer.counts[kinds.indexOf(kind)]!
  return [
    customer.count,
    customer.sum,
    customer.sum / customer.count,
    customer.min,
    customer.max,
    ...customer.inflow,
    ...customer.outflow,
    customer.balance,
    customer.balanceMin,
    customer.secondsSinceBefore,
    ofKind,
    ofKind / customer.count,
  ]
}
