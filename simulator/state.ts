import type { Customer } from './customers/customers.ts'
import type { Day } from './calendar.ts'
import { isLoan, type Product, productNames } from './recommendations/products.ts'
import { uniform, bernoulli, normal, pick, random, uniformInteger, type Random } from './random.ts'

/** A large planned expense, which shows in behaviour before it shows in the account. */
export interface Plan {
  readonly purpose: 'renovation' | 'wedding' | 'car' | 'tuition' | 'stock'
  readonly amountMinor: number
  readonly dueDay: number
}

export interface Drawdown {
  readonly at: number
  readonly amountMinor: number
}

/** The daily changing state of a customer. `need` and `interest` are latent: no event carries them. */
export interface CustomerState {
  readonly customer: Customer
  balanceMinor: number
  savingsMinor: number
  limitMinor: number
  readonly limits: { readonly at: number; readonly limitMinor: number }[]
  readonly drawdowns: Drawdown[]
  debtMinor: number
  plan: Plan | null
  /** Last day on which the income is reduced to a third. */
  lowIncomeUntilDay: number
  mood: number
  /** Need for money, about 0 to 1.5; above `NEEDS_LOAN` the customer really needs a loan. */
  need: number
  readonly interest: Record<Product, number>
  /** Need on each day so far. */
  readonly needs: number[]
  callsInCampaign: number
  lastCallAt: number
  /** Campaign period that `callsInCampaign` refers to. */
  period: number
  /** Stance in the latest answered call, from hanging up (0) to buying (3). */
  lastStance: number | null
}

/** Need from which a customer truly needs a loan. */
export const NEEDS_LOAN = 0.5

/** Creates a customer's state on the world's first morning, with some plans already under way. */
export function makeState(customer: Customer): CustomerState {
  const next = random(customer.stream, 'state')
  return {
    customer,
    balanceMinor: customer.money.openingBalanceMinor,
    savingsMinor: customer.money.saves ? customer.money.openingBalanceMinor * 2 : 0,
    limitMinor: 0,
    limits: [],
    drawdowns: [],
    debtMinor: 0,
    plan: bernoulli(next, 0.2) ? makePlan(customer, 0, next) : null,
    lowIncomeUntilDay: -1,
    mood: normal(next, 0, 0.13),
    need: 0.1,
    interest: Object.fromEntries(
      productNames.map((product) => [product, customer.affinities[product] * 0.8]),
    ) as Record<Product, number>,
    needs: [],
    callsInCampaign: 0,
    lastCallAt: -Infinity,
    period: -1,
    lastStance: null,
  }
}

/** Updates the latent state once a day: plans appear, incomes drop, need and interest follow. */
export function endDay(state: CustomerState, day: Day, next: Random): void {
  const { money, affinities } = state.customer
  if (state.plan !== null && day.index > state.plan.dueDay + 5) state.plan = null
  if (state.plan === null && bernoulli(next, 1 / 110)) state.plan = makePlan(state.customer, day.index, next)
  if (day.index > state.lowIncomeUntilDay && bernoulli(next, 1 / 450)) state.lowIncomeUntilDay = day.index + 60

  state.mood = 0.9 * state.mood + normal(next, 0, 0.06)
  const shortage = Math.max(0, 0.6 - (1.2 * (state.balanceMinor + state.savingsMinor)) / money.incomeMinor)
  const target = money.strain + state.mood + shortage + planPressure(state, day)
  // Need follows its causes with a lag of some days.
  state.need = Math.max(0, state.need + 0.2 * (target - state.need))
  state.needs.push(state.need)
  for (const product of productNames) {
    const pull = affinities[product] + (isLoan(product) ? 2.2 * (state.need - 0.3) : -0.4 * state.need)
    state.interest[product] = 0.93 * state.interest[product] + 0.07 * pull + normal(next, 0, 0.12)
  }
}

function makePlan({ segment, money }: Customer, today: number, next: Random): Plan {
  const purpose = segment === 'business' ? 'stock' : pick(next, ['renovation', 'wedding', 'car', 'tuition'] as const)
  return {
    purpose,
    amountMinor: Math.round(money.incomeMinor * uniform(next, 1.5, 5)),
    dueDay: today + uniformInteger(next, 20, 60),
  }
}

/**
 * Returns the pressure of a plan, which grows in the six weeks before it is due, as far as balances do not cover it.
 */
function planPressure({ plan, balanceMinor, savingsMinor }: CustomerState, day: Day): number {
  if (plan === null) return 0
  const uncovered = Math.max(0, 1 - (balanceMinor + savingsMinor) / plan.amountMinor)
  return uncovered * Math.max(0, Math.min(1, 1 - (plan.dueDay - day.index) / 45))
}
