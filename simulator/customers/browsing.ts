import { interactions, type Interaction } from '../../schemas/customers/interactions.ts'
import { purchases } from '../../schemas/customers/banking.ts'
import { CURRENCY } from './accounts.ts'
import { atHour, type Day } from '../calendar.ts'
import type { Emit } from '../emit.ts'
import { isLoan, productNames, type Product } from '../recommendations/products.ts'
import { uniform, bernoulli, logNormal, normal, pick, poisson, weighted, type Random } from '../random.ts'
import type { CustomerState } from '../state.ts'

type Kind = Interaction['kind']

/**
 * Simulates a day's page views, clicks, searches and mails, which become more frequent and more telling with need and
 * interest.
 */
export function browse(state: CustomerState, day: Day, next: Random, emit: Emit): void {
  const { customer, need } = state
  const excitement = Math.max(0, ...productNames.map((product) => state.interest[product]))
  const rate = customer.contact.digitalRate * (0.6 + 2.6 * Math.min(need, 1.2) + 0.35 * excitement)
  let emitted = 0
  const emitInteraction = (
    kind: Kind,
    hour: number,
    item: string,
    more: { durationS?: number; responseS?: number } = {},
  ): void => {
    emit(interactions, {
      id: `sim-interaction-${customer.id}-${day.index}-${emitted++}`,
      occurredAt: atHour(day, hour),
      customerId: customer.id,
      kind,
      channel: kind.startsWith('mail') ? 'mail' : customer.contact.channel,
      item,
      durationS: more.durationS ?? null,
      responseS: more.responseS ?? null,
    })
  }
  for (let sessions = poisson(next, rate); sessions > 0; sessions--) {
    const hour = normal(next, pick(next, [8.2, 12.5, 18, 20.5, 21.5, 22]), 0.7) + customer.city.hourShift
    const kind = weighted<Kind>(next, {
      page_view: 5,
      click: 1.2,
      bill_query: 0.4 + 3 * need,
      wealth_search: 0.25 + 1.2 * Math.max(0, state.interest['wealth-management']),
      chat: 0.25,
      campaign_joined: 0.12,
    } as Record<Kind, number>)
    if (kind === 'page_view' || kind === 'click') {
      const product = productOfInterest(state, next)
      emitInteraction(
        kind,
        hour,
        `${product}${kind === 'click' ? '/apply' : ''}`,
        kind === 'page_view' ? { durationS: Math.round(logNormal(next, 35, 0.8)) } : {},
      )
    } else {
      const item = {
        bill_query: 'bill',
        wealth_search: 'wealth-management',
        chat: 'service',
        campaign_joined: `campaign-${day.dayOfMonth < 16 ? 'a' : 'b'}`,
      }
      emitInteraction(kind, hour, item[kind as keyof typeof item])
    }
  }
  if (day.dayOfMonth % 10 === 5 && bernoulli(next, 0.22 + 0.12 * Math.tanh(excitement))) {
    const hour = uniform(next, 9, 21)
    emitInteraction('mail_opened', hour, 'newsletter')
    if (bernoulli(next, 0.2))
      emitInteraction('mail_answered', Math.min(23.9, hour + 0.2), 'newsletter', {
        responseS: Math.round(logNormal(next, 5_000, 1)),
      })
  }
}

/** Draws a product from a softmax over interests, with loans favoured by need and by plans. */
function productOfInterest({ interest, need, plan }: CustomerState, next: Random): Product {
  const weight = (product: Product): number =>
    Math.exp(1.3 * interest[product] + (isLoan(product) ? 3 * need + (plan === null ? 0 : 0.5) : 0))
  return weighted(
    next,
    Object.fromEntries(productNames.map((product) => [product, weight(product)])) as Record<Product, number>,
  )
}

const goods = {
  electronics: 180_000,
  travel: 260_000,
  household: 60_000,
  beauty: 30_000,
  sports: 45_000,
  'baby-care': 40_000,
} as const

/** Simulates purchases in the bank's own shop, a separate source from the card, with known products. */
export function shop(state: CustomerState, day: Day, next: Random, emit: Emit): void {
  const { customer } = state
  if (!bernoulli(next, 0.035 * (day.weekend ? 1.4 : 0.85))) return
  const category = pick(next, Object.keys(goods) as (keyof typeof goods)[])
  const quantity = bernoulli(next, 0.8) ? 1 : 2
  emit(purchases, {
    id: `sim-purchase-${customer.id}-${day.index}`,
    occurredAt: atHour(day, uniform(next, 9, 23)),
    customerId: customer.id,
    product: `${category}-${Math.floor(next() * 20)}`,
    category,
    quantity,
    amountMinor: quantity * Math.round(goods[category] * logNormal(next, 1, 0.5)),
    currency: CURRENCY,
    channel: customer.contact.channel,
  })
}
