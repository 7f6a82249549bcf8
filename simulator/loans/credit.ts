import { creditLines } from '../../schemas/customers/banking.ts'
import { firstOutcome, outcomes } from '../../schemas/models/outcomes.ts'
import { DAY_MS } from '../../schemas/durations.ts'
import { CURRENCY, type Movement } from '../customers/accounts.ts'
import { atHour, type Day } from '../calendar.ts'
import { roundTo } from '../customers/customers.ts'
import type { Emit } from '../emit.ts'
import { uniform, bernoulli, logNormal, random, uniformInteger, type Random } from '../random.ts'
import type { CustomerState } from '../state.ts'

/** Horizon of the label, and the interval at which it is emitted for each customer with a credit line. */
const HORIZON_DAYS = 30
const ASKED_EVERY_DAYS = 10
/** Share of drawdowns that are allowed to exceed the limit. */
const OVER_LIMIT_SHARE = 0.015

/** Simulates limits, drawdowns according to need, and repayments; returns the resulting account movements. */
export function creditOfDay(state: CustomerState, day: Day, next: Random, emit: Emit): Movement[] {
  const { customer } = state
  const emitCredit = (kind: 'limit' | 'drawdown' | 'repayment', hour: number, amountMinor: number): void => {
    emit(creditLines, {
      id: `sim-credit-${customer.id}-${day.index}-${kind}`,
      occurredAt: atHour(day, hour),
      customerId: customer.id,
      lineId: `${customer.id}-line`,
      kind,
      amountMinor,
      currency: CURRENCY,
    })
  }
  const limitMinor = newLimit(state, day, next)
  if (limitMinor !== null) {
    state.limitMinor = limitMinor
    state.limits.push({ at: atHour(day, 0), limitMinor })
    emitCredit('limit', 0, limitMinor)
  }
  if (state.limitMinor === 0) return []
  const movements: Movement[] = []
  const repaidMinor = repayment(state, day, next)
  if (repaidMinor > 0) {
    // Earliest in the day, so that the account covers it.
    const hour = 0.2
    state.debtMinor -= repaidMinor
    emitCredit('repayment', hour, repaidMinor)
    movements.push({
      hour,
      amountMinor: -repaidMinor,
      kind: 'loan',
      category: 'repayment',
      counterparty: '贷款还款',
      channel: 'batch',
    })
  }
  const drawnMinor = drawdown(state, next)
  if (drawnMinor > 0) {
    const hour = uniform(next, 8.5, 21)
    state.drawdowns.push({ at: atHour(day, hour), amountMinor: drawnMinor })
    state.debtMinor += drawnMinor
    emitCredit('drawdown', hour, drawnMinor)
    movements.push({
      hour,
      amountMinor: drawnMinor,
      kind: 'loan',
      category: 'drawdown',
      counterparty: '贷款放款',
      channel: customer.contact.channel,
    })
  }
  return movements
}

/** Returns a new limit: granted within the first ten days, and for a few customers raised later. */
function newLimit({ customer, limitMinor }: CustomerState, day: Day, next: Random): number | null {
  const granted = customer.money.limitMinor
  const first = random(customer.stream, 'limit')() * 10
  if (granted > 0 && day.index === Math.floor(first)) return granted
  return limitMinor > 0 && bernoulli(next, 0.0008) ? roundTo(limitMinor * uniform(next, 1.2, 1.6), 100_000) : null
}

/** Returns the amount drawn: a small habitual part, and a large part that grows with the square of need. */
function drawdown({ customer, need, limitMinor, debtMinor, plan }: CustomerState, next: Random): number {
  if (!bernoulli(next, Math.min(0.3, customer.money.borrowing * (0.0004 + 0.14 * need * need)))) return 0
  const wished =
    plan !== null && bernoulli(next, 0.6)
      ? plan.amountMinor * uniform(next, 0.25, 0.6)
      : limitMinor * Math.min(0.9, logNormal(next, 0.1, 0.7))
  const over = bernoulli(next, OVER_LIMIT_SHARE) ? limitMinor * 0.15 : 0
  const amount = roundTo(Math.min(wished, limitMinor - debtMinor + over), 10_000)
  return Math.max(0, amount)
}

function repayment({ customer, debtMinor, balanceMinor }: CustomerState, day: Day, next: Random): number {
  if (debtMinor <= 0 || day.dayOfMonth !== (customer.money.incomeDay % 28) + 1) return 0
  const due = customer.money.clearsDebt ? debtMinor : Math.max(debtMinor * uniform(next, 0.12, 0.3), 50_000)
  return Math.round(Math.max(0, Math.min(due, debtMinor, balanceMinor * 0.8)))
}

/**
 * Emits the usage of the credit line over the thirty days that end this morning: Σ drawdowns ÷ the limit at their
 * start.
 */
export function usageOutcome(state: CustomerState, day: Day, emit: Emit): void {
  const { customer } = state
  const asOf = day.startAt - HORIZON_DAYS * DAY_MS
  const limitMinor = state.limits.findLast(({ at }) => at <= asOf)?.limitMinor
  if (
    limitMinor === undefined ||
    day.index % ASKED_EVERY_DAYS !== uniformInteger(random(customer.stream, 'asked'), 0, ASKED_EVERY_DAYS - 1)
  )
    return
  const drawnMinor = state.drawdowns.reduce(
    (sum, { at, amountMinor }) => (at > asOf && at <= day.startAt ? sum + amountMinor : sum),
    0,
  )
  emit(outcomes, {
    id: `sim-loan-demand-${customer.id}-${day.index}`,
    occurredAt: day.startAt,
    customerId: customer.id,
    task: 'loan-demand',
    subjectId: customer.id,
    value: drawnMinor / limitMinor,
    asOf,
    ...firstOutcome,
  })
}
