import {
  cities,
  companyName,
  fieldsOfActivity,
  personName,
  type City,
  type FieldOfActivity,
  type PersonName,
} from './names.ts'
import { productNames, type Product } from '../recommendations/products.ts'
import {
  uniform,
  bernoulli,
  logNormal,
  normal,
  pick,
  random,
  weighted,
  uniformInteger,
  type Random,
} from '../random.ts'
import type { Salesperson } from '../visits/staff.ts'

export interface Organisation {
  readonly id: string
  readonly name: string
  readonly field: FieldOfActivity
  readonly employees: number
}

/** The fixed attributes of a customer; `state.ts` holds what changes over time. */
export interface Customer {
  readonly id: string
  /** First label of the customer's random streams. */
  readonly stream: string
  readonly person: PersonName
  readonly sex: 'female' | 'male'
  readonly birthYear: number
  readonly city: City
  readonly registeredPlace: string
  readonly segment: 'mass' | 'affluent' | 'business'
  readonly organisation: Organisation | null
  readonly salesperson: Salesperson
  readonly money: MoneyHabits
  readonly contact: ContactHabits
  /** Inherent liking of each product, as logits around 0. */
  readonly affinities: Readonly<Record<Product, number>>
}

/** A customer's finances. Amounts are in minor units of CNY. */
export interface MoneyHabits {
  readonly incomeMinor: number
  readonly incomeDay: number
  readonly pensioner: boolean
  /** 0 for home owners. */
  readonly rentMinor: number
  readonly rentDay: number
  /** Card payments per day. */
  readonly cardRate: number
  readonly cardMedianMinor: number
  readonly openingBalanceMinor: number
  readonly saves: boolean
  /** 0 for customers without a credit line. */
  readonly limitMinor: number
  /** Propensity to cover a need for money with a drawdown; 1 is typical. */
  readonly borrowing: number
  /** Permanent part of the need for money. */
  readonly strain: number
  /** Whether the whole debt is repaid each month instead of a part. */
  readonly clearsDebt: boolean
  readonly propertyMinor: number
  readonly securitiesMinor: number
}

export interface ContactHabits {
  /** Baseline of interactions per day. */
  readonly digitalRate: number
  /** Hour, in the customer's time zone, at which calls are answered most. */
  readonly answerHour: number
  readonly answerRate: number
  /** Friendliness on the phone and in person, around 0. */
  readonly warmth: number
  readonly channel: 'app' | 'web' | 'wechat'
}

export function makeCustomers(seed: string, count: number, staff: readonly Salesperson[], year: number): Customer[] {
  return Array.from({ length: count }, (_, i) =>
    makeCustomer(`${seed}/${i}`, `c-${String(i + 1).padStart(5, '0')}`, staff[i % staff.length]!, year),
  )
}

function makeCustomer(stream: string, id: string, salesperson: Salesperson, year: number): Customer {
  const next = random(stream, 'customer')
  const sex = pick(next, ['female', 'male'] as const)
  const age = Math.round(Math.min(78, Math.max(20, normal(next, 41, 13))))
  const city = bernoulli(next, 0.9) ? salesperson.city : pick(next, cities)
  const segment = weighted(next, { mass: 0.66, affluent: 0.2, business: 0.14 })
  return {
    id,
    stream,
    person: personName(next, sex),
    sex,
    birthYear: year - age,
    city,
    registeredPlace: (bernoulli(next, 0.6) ? city : pick(next, cities)).province,
    segment,
    organisation: segment === 'business' ? makeOrganisation(next, id, city) : null,
    salesperson,
    money: moneyHabits(next, age, segment),
    contact: {
      digitalRate: logNormal(next, 0.26 - Math.max(0, age - 45) * 0.003, 0.5),
      answerHour: pick(next, [10, 11, 12.5, 14, 16, 18.5, 19.5]),
      answerRate: uniform(next, 0.5, 1),
      warmth: normal(next),
      channel: weighted(next, { app: 0.6, web: 0.15, wechat: 0.25 }),
    },
    affinities: Object.fromEntries(
      productNames.map((product) => [product, affinityOf(next, product, segment)]),
    ) as Record<Product, number>,
  }
}

function affinityOf(next: Random, product: Product, segment: Customer['segment']): number {
  const suited = {
    'consumer-loan': 'mass',
    'business-loan': 'business',
    'wealth-management': 'affluent',
    'credit-card': 'mass',
    insurance: 'affluent',
  }
  return normal(next, suited[product] === segment ? 0.5 : product === 'business-loan' ? -2.5 : -0.2, 0.9)
}

function makeOrganisation(next: Random, customerId: string, city: City): Organisation {
  const field = pick(next, Object.keys(fieldsOfActivity) as FieldOfActivity[])
  return {
    id: `o-${customerId.slice(2)}`,
    name: companyName(next, city, field),
    field,
    employees: Math.round(logNormal(next, 35, 1)),
  }
}

function moneyHabits(next: Random, age: number, segment: Customer['segment']): MoneyHabits {
  const income = roundTo(
    logNormal(next, { mass: 780_000, affluent: 2_200_000, business: 2_600_000 }[segment], 0.4),
    1_000,
  )
  const rentMinor = bernoulli(next, age < 35 ? 0.65 : 0.3) ? roundTo(income * uniform(next, 0.18, 0.34), 10_000) : 0
  const cardRate = uniform(next, 0.25, 0.85)
  // Spends between 60 % and 112 % of the disposable income, so that some people slide into need and most do not.
  const spending = (income - rentMinor) * Math.min(1.12, Math.max(0.6, normal(next, 0.88, 0.16)))
  return {
    incomeMinor: income,
    incomeDay: pick(next, [5, 10, 10, 15, 15, 20, 25]),
    pensioner: age >= 60,
    rentMinor,
    rentDay: uniformInteger(next, 1, 8),
    cardRate,
    // The mean amount is about 1.35 times the median, and weekends and large purchases add to it.
    cardMedianMinor: spending / (30 * cardRate * 1.75),
    openingBalanceMinor: roundTo(income * logNormal(next, 0.8, 0.8), 1),
    saves: bernoulli(next, 0.4),
    limitMinor: bernoulli(next, 0.72) ? roundTo(income * uniform(next, 3, 9), 100_000) : 0,
    borrowing: logNormal(next, 0.8, 0.7),
    strain: Math.min(0.6, logNormal(next, 0.07, 1.1)),
    clearsDebt: bernoulli(next, 0.35),
    propertyMinor: rentMinor === 0 ? roundTo(income * uniform(next, 60, 180), 1_000_000) : 0,
    securitiesMinor:
      segment !== 'mass' && bernoulli(next, 0.6) ? roundTo(income * logNormal(next, 6, 0.8), 100_000) : 0,
  }
}

export function roundTo(amount: number, step: number): number {
  return Math.round(amount / step) * step
}
