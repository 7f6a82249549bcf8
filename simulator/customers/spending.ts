import type { Movement } from './accounts.ts'
import type { Day } from '../calendar.ts'
import { shopName } from './names.ts'
import {
  uniform,
  bernoulli,
  logNormal,
  normal,
  pick,
  poisson,
  weighted,
  uniformInteger,
  type Random,
} from '../random.ts'
import type { CustomerState, Plan } from '../state.ts'

interface Category {
  /** Relative to the customer's median card payment. */
  readonly price: number
  readonly hours: readonly number[]
  readonly shops: readonly string[]
}

const categories = {
  groceries: { price: 0.7, hours: [9, 11, 17.5, 18.5, 20], shops: ['超市', '菜场', '水果店'] },
  restaurant: { price: 0.8, hours: [12, 12.5, 18.5, 19.5], shops: ['面馆', '酒楼', '火锅', '小吃', '咖啡'] },
  transport: { price: 0.3, hours: [7.8, 8.3, 18, 22], shops: ['出租', '地铁', '停车场'] },
  'online-shopping': { price: 1.3, hours: [12.8, 20.5, 21.5, 22.5], shops: ['网店', '商城'] },
  clothing: { price: 1.9, hours: [14, 16, 19], shops: ['服饰', '鞋店'] },
  entertainment: { price: 1.1, hours: [15, 20, 21.5], shops: ['影城', '书城', '健身'] },
  health: { price: 1.4, hours: [9, 10.5, 15], shops: ['药房', '诊所'] },
  fuel: { price: 1.8, hours: [8, 18.5], shops: ['加油站'] },
  education: { price: 2.6, hours: [10, 19], shops: ['培训', '书院'] },
} as const satisfies Record<string, Category>

const weekday = {
  groceries: 24,
  restaurant: 22,
  transport: 18,
  'online-shopping': 14,
  clothing: 4,
  entertainment: 4,
  health: 4,
  fuel: 5,
  education: 3,
}
const weekend = { ...weekday, restaurant: 28, transport: 9, clothing: 9, entertainment: 11 }

const planned = {
  renovation: { category: 'renovation', shops: ['建材', '家居'] },
  wedding: { category: 'wedding', shops: ['婚庆', '酒店'] },
  car: { category: 'car', shops: ['汽车'] },
  tuition: { category: 'education', shops: ['学院'] },
  stock: { category: 'stock', shops: ['批发', '供货'] },
} as const satisfies Record<Plan['purpose'], { category: string; shops: readonly string[] }>

/**
 * Returns a day's card payments, cash withdrawals and transfers: more at weekends and after payday, fewer when money is
 * short.
 */
export function dailySpending(state: CustomerState, day: Day, next: Random): Movement[] {
  const { money, city } = state.customer
  const sincePayday = (day.dayOfMonth - money.incomeDay + 31) % 31
  const thrift = state.balanceMinor < money.incomeMinor * 0.12 ? 0.55 : 1
  const rate = money.cardRate * (day.weekend ? 1.3 : 0.9) * (sincePayday < 5 ? 1.25 : 0.95) * thrift
  const movements: Movement[] = []
  for (let count = poisson(next, rate); count > 0; count--) {
    const name = weighted(next, day.weekend ? weekend : weekday)
    const category = categories[name]
    movements.push({
      hour: normal(next, pick<number>(next, category.hours), 0.6) + city.hourShift,
      amountMinor: -Math.max(100, Math.round(money.cardMedianMinor * category.price * logNormal(next, 1, 0.65))),
      kind: 'card',
      category: name,
      counterparty: shopName(next, category.shops),
      channel: name === 'online-shopping' ? 'online' : 'terminal',
    })
  }
  if (bernoulli(next, 0.05)) {
    const amountMinor = -uniformInteger(next, 1, 10) * 20_000
    movements.push({
      hour: uniform(next, 8, 21),
      amountMinor,
      kind: 'cash',
      category: 'withdrawal',
      counterparty: 'ATM',
      channel: 'atm',
    })
  }
  if (bernoulli(next, 0.03)) {
    const amountMinor = Math.round(money.cardMedianMinor * logNormal(next, 2, 0.7)) * (bernoulli(next, 0.5) ? 1 : -1)
    movements.push({
      hour: uniform(next, 9, 22),
      amountMinor,
      kind: 'transfer',
      category: 'family',
      counterparty: '亲友转账',
      channel: 'app',
    })
  }
  return movements
}

/** Returns the payment for a due plan, made within a few days and as far as the balance allows. */
export function plannedSpending(state: CustomerState, day: Day, next: Random): Movement[] {
  const { plan } = state
  if (plan === null || day.index < plan.dueDay || !bernoulli(next, 0.4)) return []
  state.plan = null
  const { category, shops } = planned[plan.purpose]
  const amountMinor = -Math.round(Math.min(plan.amountMinor, state.balanceMinor * 0.85))
  if (amountMinor > -plan.amountMinor * 0.1) return []
  return [
    {
      hour: uniform(next, 9.5, 18),
      amountMinor,
      kind: 'transfer',
      category,
      counterparty: shopName(next, shops),
      channel: 'app',
    },
  ]
}
