import type { Customer } from '../customers/customers.ts'
import { products, type Product } from '../recommendations/products.ts'
import { bernoulli, normal, pick, sigmoid, uniformInteger, type Random } from '../random.ts'
import { details, generic, idle, nextSteps, openings, stances, turnarounds } from './visit-phrases.ts'

export interface Occasion {
  readonly customer: Customer
  readonly product: Product
}

const rivals = ['城东银行', '隔壁银行', '一家股份行', '农商行', '网络平台', '老合作银行']
const whens = ['今天上午', '今天下午', '昨天', '周三', '下周一', '月底前', '早上', '午饭后']
const uses = {
  mass: ['装修', '买车', '孩子学费', '婚礼', '周转'],
  affluent: ['换房', '留学', '投资', '装修'],
  business: ['进货', '新设备', '厂房扩建', '发工资', '新门店'],
}

/** Fills the slots of a phrase; throws for an unknown slot. */
export function fill(next: Random, phrase: string, { customer, product }: Occasion): string {
  const business = customer.segment === 'business'
  const values: Record<string, () => string> = {
    customer: () =>
      customer.person.surname +
      (business
        ? pick(next, ['总', '老板', '经理'])
        : customer.sex === 'female'
          ? pick(next, ['女士', '姐'])
          : pick(next, ['先生', '哥'])),
    product: () => products[product].title,
    amount: () => String(Math.max(1, Math.round((products[product].valueMinor / 1_000_000) * (0.5 + next())))),
    rate: () => `${(2.8 + 3 * next()).toFixed(2)}%`,
    rival: () => pick(next, rivals),
    family: () =>
      business
        ? pick(next, ['合伙人', '财务', '副总', '股东'])
        : customer.sex === 'female'
          ? pick(next, ['先生', '父母', '女儿'])
          : pick(next, ['太太', '父母', '儿子']),
    when: () => pick(next, whens),
    place: () =>
      business
        ? pick(next, ['公司', '厂里', '门店', '仓库', '办公室'])
        : pick(next, ['家中', '单位', '小区门口', '咖啡馆', '网点']),
    use: () => pick(next, uses[customer.segment]),
    people: () => String(uniformInteger(next, 2, business ? 60 : 5)),
  }
  return phrase.replaceAll(/\{(\w+)\}/g, (_, slot: string) => {
    const value = values[slot]
    if (value === undefined) throw new RangeError(`The phrase "${phrase}" has the unknown slot {${slot}}.`)
    return value()
  })
}

/**
 * Returns the report of a real visit. The stance follows the deal's logit (0 is neutral) with noise; one report in ten
 * contradicts itself, and everything but the stance is uninformative.
 */
export function honestText(next: Random, occasion: Occasion, logit: number): string {
  const level = (noise: number): number =>
    Math.max(0, Math.min(4, Math.floor(5 * sigmoid(1.15 * logit + normal(next, 0, noise)))))
  const stance = level(0.7)
  const parts = [pick(next, openings)]
  if (bernoulli(next, 0.5)) parts.push(pick(next, details))
  parts.push(pick(next, stances[stance]!))
  if (bernoulli(next, 0.45)) parts.push(pick(next, stances[level(1.1)]!))
  if (bernoulli(next, 0.1)) parts.push(pick(next, turnarounds), pick(next, stances[4 - stance]!))
  if (bernoulli(next, 0.5)) parts.push(pick(next, details))
  parts.push(pick(next, nextSteps[bernoulli(next, 0.7) ? Math.round(stance / 2) : uniformInteger(next, 0, 2)]!))
  return parts.map((part) => fill(next, part, occasion)).join('')
}

export function idleText(next: Random, occasion: Occasion): string {
  const parts = [
    pick(next, idle),
    bernoulli(next, 0.4) ? pick(next, idle) : '',
    bernoulli(next, 0.3) ? '继续跟进。' : '',
  ]
  return parts.map((part) => fill(next, part, occasion)).join('')
}

/**
 * Returns an invented report: half are copied from the salesperson's earlier ones, almost verbatim, and the others are
 * generic.
 */
export function inventedText(next: Random, earlier: readonly string[]): string {
  if (earlier.length > 0 && bernoulli(next, 0.5))
    return pick(next, earlier) + (bernoulli(next, 0.3) ? '继续跟进。' : '')
  return pick(next, generic) + (bernoulli(next, 0.35) ? pick(next, generic) : '')
}
