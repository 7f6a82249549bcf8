import { transactions, type Transaction } from '../../schemas/customers/banking.ts'
import { atHour, type Day } from '../calendar.ts'
import type { Emit } from '../emit.ts'
import type { CustomerState } from '../state.ts'

/** A movement to settle on a day; amounts in minor units, positive for incoming. */
export interface Movement {
  /** Hour of the day in the world's time, fractions allowed. */
  readonly hour: number
  readonly amountMinor: number
  readonly kind: Transaction['kind']
  readonly category: string
  readonly counterparty: string
  readonly channel: string
  readonly account?: 'current' | 'savings'
}

export const CURRENCY = 'CNY'

/**
 * Settles a day's movements in time order. Debits that the account does not cover are declined without an event. Every
 * balance is the previous one plus the amount.
 */
export function settle(state: CustomerState, day: Day, movements: readonly Movement[], emit: Emit): void {
  const ordered = movements
    .map((movement) => ({ movement, occurredAt: atHour(day, movement.hour) }))
    .sort((left, right) => left.occurredAt - right.occurredAt)
  ordered.forEach(({ movement, occurredAt }, i) => {
    const savings = movement.account === 'savings'
    const balanceMinor = (savings ? state.savingsMinor : state.balanceMinor) + movement.amountMinor
    if (balanceMinor < 0 && movement.amountMinor < 0) return
    if (savings) state.savingsMinor = balanceMinor
    else state.balanceMinor = balanceMinor
    emit(transactions, {
      id: `sim-transaction-${state.customer.id}-${day.index}-${i}`,
      occurredAt,
      customerId: state.customer.id,
      accountId: `${state.customer.id}-${savings ? 'savings' : 'current'}`,
      amountMinor: movement.amountMinor,
      balanceMinor,
      currency: CURRENCY,
      kind: movement.kind,
      category: movement.category,
      counterparty: movement.counterparty,
      channel: movement.channel,
    })
  })
}
