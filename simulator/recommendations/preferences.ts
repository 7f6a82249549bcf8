import { firstOutcome, outcomes } from '../../schemas/models/outcomes.ts'
import { HOUR_MS } from '../../schemas/durations.ts'
import { atHour, type Day } from '../calendar.ts'
import type { Emit } from '../emit.ts'
import { isLoan, productNames, type Product } from './products.ts'
import { uniform, bernoulli, random, sigmoid, uniformInteger, type Random } from '../random.ts'
import type { CustomerState } from '../state.ts'

/** Interval at which each customer is shown the bank's offers, on a day that differs by customer. */
const OFFERED_EVERY_DAYS = 28

/** Offers every product; which were accepted becomes known a little later. */
export function offer(state: CustomerState, day: Day, next: Random, emit: Emit): void {
  const { customer } = state
  if (day.index % OFFERED_EVERY_DAYS !== uniformInteger(random(customer.stream, 'offered'), 0, OFFERED_EVERY_DAYS - 1))
    return
  // At night, when all of the day's events have been published.
  const asOf = atHour(day, 22.5)
  for (const product of productNames)
    emit(outcomes, {
      id: `sim-preferences-${customer.id}-${day.index}-${product}`,
      occurredAt: asOf + Math.round(uniform(next, 0.1, 1) * HOUR_MS),
      customerId: customer.id,
      task: 'preferences',
      subjectId: product,
      value: bernoulli(next, acceptanceProbability(state, product)) ? 1 : 0,
      asOf,
      ...firstOutcome,
    })
}

/** Returns the true probability that a customer accepts a product if offered now. */
export function acceptanceProbability(
  { interest, need }: Pick<CustomerState, 'interest' | 'need'>,
  product: Product,
): number {
  return sigmoid(-1.8 + 1.5 * interest[product] + (isLoan(product) ? 1.5 * need : 0))
}
