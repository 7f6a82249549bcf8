import type { Stage } from '../../schemas/recommendations/dictionary.ts'
import type { FieldOfActivity } from '../customers/names.ts'

/** Interests as contact persons word them, and the category of needs to which each belongs. */
export const interestCategories = {
  成本控制: 'costs',
  融资渠道: 'financing',
  资金周转: 'cash flow',
  员工福利: 'staff',
  汇率风险: 'currency',
  收款效率: 'payments',
  税务筹划: 'taxes',
} as const
export type Interest = keyof typeof interestCategories
export type Category = (typeof interestCategories)[Interest]

export interface Wish {
  /** Category of needs that it addresses. */
  readonly category: Category
  /** Fields of activity in which it helps most. */
  readonly fields: readonly FieldOfActivity[]
  /** Stage at which it is received best. */
  readonly stage: Stage
}

/** Which organisations accept which characteristics, by the ids of the default dictionary. */
export const wishes: Readonly<Record<string, Wish>> = {
  'low-rate': { category: 'costs', fields: ['manufacturing', 'construction'], stage: 'sale' },
  'flexible-repayment': { category: 'cash flow', fields: ['trade', 'construction'], stage: 'contract' },
  'no-collateral': { category: 'financing', fields: ['technology', 'catering'], stage: 'first contact' },
  'fast-approval': { category: 'financing', fields: ['trade', 'logistics'], stage: 'first contact' },
  'overdraft-buffer': { category: 'cash flow', fields: ['construction', 'logistics'], stage: 'retention' },
  'no-annual-fee': { category: 'costs', fields: ['catering', 'trade'], stage: 'first contact' },
  'cash-rebate': { category: 'costs', fields: ['logistics', 'trade'], stage: 'retention' },
  'expense-reports': { category: 'staff', fields: ['logistics', 'technology'], stage: 'sale' },
  'daily-access': { category: 'cash flow', fields: ['technology', 'manufacturing'], stage: 'sale' },
  'currency-hedge': { category: 'currency', fields: ['trade', 'manufacturing'], stage: 'contract' },
  'group-cover': { category: 'staff', fields: ['technology', 'manufacturing'], stage: 'retention' },
  'same-day-settlement': { category: 'payments', fields: ['catering', 'trade'], stage: 'sale' },
  'one-terminal': { category: 'payments', fields: ['catering'], stage: 'first contact' },
  'tax-calendar': { category: 'taxes', fields: ['construction', 'catering'], stage: 'retention' },
}
