import type { Movement } from './accounts.ts'
import type { Day } from '../calendar.ts'
import { uniform, bernoulli, normal, type Random } from '../random.ts'
import type { CustomerState } from '../state.ts'

const UTILITIES_DAY = 12
const TELEPHONE_DAY = 18
const SETTLEMENT_DAY = 21

/**
 * Returns a day's recurring movements: income, rent, bills, fees, interest, and transfers between current account and
 * savings.
 */
export function monthlyMovements(state: CustomerState, day: Day, next: Random): Movement[] {
  return [
    ...income(state, day, next),
    ...rent(state, day, next),
    ...bills(state, day, next),
    ...interestAndFee(state, day, next),
    ...betweenAccounts(state, next),
  ]
}

function income({ customer, lowIncomeUntilDay }: CustomerState, day: Day, next: Random): Movement[] {
  const { money, segment } = customer
  if (day.dayOfMonth !== money.incomeDay) return []
  const share = day.index <= lowIncomeUntilDay ? 0.33 : 1
  const amountMinor = Math.round(
    money.incomeMinor * share * (segment === 'business' ? uniform(next, 0.6, 1.4) : normal(next, 1, 0.02)),
  )
  const category = money.pensioner ? 'pension' : segment === 'business' ? 'business-income' : 'wages'
  const hour = uniform(next, 6, 10)
  return [{ hour, amountMinor, kind: 'salary', category, counterparty: '代发工资', channel: 'batch' }]
}

function rent({ customer: { money } }: CustomerState, day: Day, next: Random): Movement[] {
  if (money.rentMinor <= 0 || day.dayOfMonth !== money.rentDay) return []
  const hour = uniform(next, 10, 20)
  const amountMinor = -money.rentMinor
  return [{ hour, amountMinor, kind: 'transfer', category: 'rent', counterparty: '房东', channel: 'app' }]
}

function bills({ customer: { money } }: CustomerState, day: Day, next: Random): Movement[] {
  const bill = (amountMinor: number, category: string, counterparty: string): Movement => ({
    hour: uniform(next, 3, 6),
    amountMinor,
    kind: 'transfer',
    category,
    counterparty,
    channel: 'batch',
  })
  if (day.dayOfMonth === UTILITIES_DAY)
    return [bill(-Math.round(money.incomeMinor * uniform(next, 0.015, 0.035)), 'utilities', '水电燃气')]
  if (day.dayOfMonth === TELEPHONE_DAY) return [bill(-Math.round(uniform(next, 5_900, 19_900)), 'telephone', '话费')]
  return []
}

function interestAndFee({ balanceMinor, savingsMinor }: CustomerState, day: Day, next: Random): Movement[] {
  if (day.dayOfMonth !== SETTLEMENT_DAY) return []
  const movements: Movement[] = []
  const amountMinor = Math.round(((balanceMinor + savingsMinor) * 0.002) / 12)
  const channel = 'batch'
  if (amountMinor > 0)
    movements.push({ hour: 0.5, amountMinor, kind: 'interest', category: 'interest', counterparty: '结息', channel })
  if (bernoulli(next, 0.15))
    movements.push({
      hour: 1,
      amountMinor: -1_000,
      kind: 'fee',
      category: 'account-fee',
      counterparty: '账户管理费',
      channel,
    })
  return movements
}

/** Returns both sides of a transfer at the same hour, if the source account covers it. */
function betweenAccounts({ customer, balanceMinor, savingsMinor }: CustomerState, next: Random): Movement[] {
  const { money } = customer
  if (!money.saves) return []
  const hour = uniform(next, 20, 23)
  const move = (amountMinor: number): Movement[] => {
    const movement = {
      hour,
      kind: 'transfer',
      category: 'own-savings',
      counterparty: '本人账户',
      channel: 'app',
    } as const
    return [
      { ...movement, amountMinor: -amountMinor, account: 'current' },
      { ...movement, amountMinor, account: 'savings' },
    ]
  }
  if (balanceMinor > 2.2 * money.incomeMinor && bernoulli(next, 0.2)) return move(Math.round(money.incomeMinor * 0.5))
  if (balanceMinor < 0.15 * money.incomeMinor && savingsMinor > money.incomeMinor && bernoulli(next, 0.35))
    return move(-Math.round(money.incomeMinor * 0.5))
  return []
}
