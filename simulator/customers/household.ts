import type { Movement } from './accounts.ts'
import type { Day } from '../calendar.ts'
import { between, chance, normal, type Random } from '../random.ts'
import type { CustomerState } from '../state.ts'

/** The month's rhythm: income, rent, bills, fees, interest, and money moved between current account and savings. */
export function monthlyMovements(state: CustomerState, day: Day, next: Random): Movement[] {
  const { money, segment } = state.customer
  const movements: Movement[] = []
  if (day.dayOfMonth === money.incomeDay) {
    const share = day.index <= state.poorUntilDay ? 0.33 : 1
    const amountMinor = Math.round(
      money.incomeMinor * share * (segment === 'business' ? between(next, 0.6, 1.4) : normal(next, 1, 0.02)),
    )
    const category = money.pensioner ? 'pension' : segment === 'business' ? 'business-income' : 'wages'
    movements.push({
      hour: between(next, 6, 10),
      amountMinor,
      kind: 'salary',
      category,
      counterparty: '代发工资',
      channel: 'batch',
    })
  }
  if (money.rentMinor > 0 && day.dayOfMonth === money.rentDay) {
    movements.push({
      hour: between(next, 10, 20),
      amountMinor: -money.rentMinor,
      kind: 'transfer',
      category: 'rent',
      counterparty: '房东',
      channel: 'app',
    })
  }
  if (day.dayOfMonth === 12) {
    const amountMinor = -Math.round(money.incomeMinor * between(next, 0.015, 0.035))
    movements.push({
      hour: between(next, 3, 6),
      amountMinor,
      kind: 'transfer',
      category: 'utilities',
      counterparty: '水电燃气',
      channel: 'batch',
    })
  }
  if (day.dayOfMonth === 18) {
    const amountMinor = -Math.round(between(next, 5_900, 19_900))
    movements.push({
      hour: between(next, 3, 6),
      amountMinor,
      kind: 'transfer',
      category: 'telephone',
      counterparty: '话费',
      channel: 'batch',
    })
  }
  if (day.dayOfMonth === 21) {
    const amountMinor = Math.round(((state.balanceMinor + state.savingsMinor) * 0.002) / 12)
    if (amountMinor > 0)
      movements.push({
        hour: 0.5,
        amountMinor,
        kind: 'interest',
        category: 'interest',
        counterparty: '结息',
        channel: 'batch',
      })
    if (chance(next, 0.15))
      movements.push({
        hour: 1,
        amountMinor: -1_000,
        kind: 'fee',
        category: 'account-fee',
        counterparty: '账户管理费',
        channel: 'batch',
      })
  }
  return [...movements, ...betweenAccounts(state, next)]
}

/** Both sides of a move have the same hour; what is not there is not moved. */
function betweenAccounts({ customer, balanceMinor, savingsMinor }: CustomerState, next: Random): Movement[] {
  const { money } = customer
  if (!money.saves) return []
  const hour = between(next, 20, 23)
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
  if (balanceMinor > 2.2 * money.incomeMinor && chance(next, 0.2)) return move(Math.round(money.incomeMinor * 0.5))
  if (balanceMinor < 0.15 * money.incomeMinor && savingsMinor > money.incomeMinor && chance(next, 0.35))
    return move(-Math.round(money.incomeMinor * 0.5))
  return []
}
