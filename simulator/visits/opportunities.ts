import { purchases } from '../../schemas/customers/banking.ts'
import { firstOutcome, outcomes } from '../../schemas/models/outcomes.ts'
import { DAY_MS, HOUR_MS } from '../../schemas/durations.ts'
import { customerPlaces } from '../../schemas/visits/places.ts'
import { opportunities, type Opportunity } from '../../schemas/visits/visits.ts'
import { CURRENCY } from '../customers/accounts.ts'
import { atHour, type Day } from '../calendar.ts'
import { roundTo } from '../customers/customers.ts'
import type { Deal } from './deal.ts'
import type { Emit } from '../emit.ts'
import { isLoan, productNames, products, type Product } from '../recommendations/products.ts'
import {
  uniform,
  bernoulli,
  logNormal,
  normal,
  pick,
  random,
  sigmoid,
  weighted,
  uniformInteger,
  type Random,
} from '../random.ts'
import type { Salesperson } from './staff.ts'
import type { CustomerState } from '../state.ts'
import { makeVisit, type VisitTruth } from './visits.ts'

/** Ground truth of deals and their visits. */
export interface SalesTruth {
  readonly visits: Map<string, VisitTruth>
  readonly deals: Map<string, { probability: number; won: boolean | null }>
}

/** Earlier reports of each salesperson, to copy from. */
export type ReportsBySalesperson = Map<string, string[]>

const stages = ['first contact', 'sale', 'contract', 'retention']
const EVEN_LOGIT = -2.3

/**
 * Simulates a day of a customer's opportunity: opened, visited, advanced, reassigned, closed. At most one is open at a
 * time.
 */
export function sell(
  state: CustomerState,
  deal: Deal | null,
  day: Day,
  next: Random,
  staff: readonly Salesperson[],
  reports: ReportsBySalesperson,
  truth: SalesTruth,
  emit: Emit,
): Deal | null {
  if (deal === null)
    return bernoulli(next, day.index === 0 ? 0.25 : 0.03) && !day.weekend
      ? openDeal(state, day, next, truth, emit)
      : null
  const { salesperson } = deal
  if (day.index >= deal.closeDay) return closeDeal(deal, day, next, truth, emit)
  if (day.index >= deal.nextVisitDay && !(day.weekend && bernoulli(next, 0.85))) {
    const kind = visitKind(deal, next)
    const ownReports = reports.get(salesperson.id) ?? []
    reports.set(salesperson.id, ownReports)
    truth.visits.set(makeVisit(deal, day, next, kind, ownReports, emit), kind)
    if (kind === 'real') deal.logit += deal.drift + normal(next, 0, 0.25)
    truth.deals.set(deal.id, { probability: sigmoid(deal.logit), won: null })
    const stage = kind === 'real' ? Math.max(deal.stage, deal.logit > 0.4 ? 2 : 1) : deal.stage
    const successor = bernoulli(next, 0.01)
      ? pick(
          next,
          staff.filter((each) => each.teamId === salesperson.teamId),
        )
      : salesperson
    if (stage !== deal.stage || successor !== salesperson) {
      deal.stage = stage
      deal.salesperson = successor
      emitOpportunity(deal, atHour(day, 20), 'open', emit)
    }
    deal.nextVisitDay = day.index + visitGap(deal, kind, next)
  }
  return deal
}

function openDeal(state: CustomerState, day: Day, next: Random, truth: SalesTruth, emit: Emit): Deal {
  const { customer, interest } = state
  const weights = Object.fromEntries(
    productNames.map((product) => [product, Math.exp(1.2 * interest[product])]),
  ) as Record<Product, number>
  const product = weighted(next, weights)
  const hopeless = bernoulli(next, 0.15) ? -1.5 : 0
  const logit =
    EVEN_LOGIT +
    0.7 * interest[product] +
    (isLoan(product) ? 0.8 * (state.need - 0.3) : 0) +
    customer.salesperson.skill +
    0.25 * customer.contact.warmth
  const deal: Deal = {
    id: `d-${customer.id.slice(2)}-${day.index}`,
    customer,
    product,
    valueMinor: roundTo(products[product].valueMinor * logNormal(next, 1, 0.5), 100_000),
    home: {
      latitude: customer.city.latitude + normal(random(customer.stream, 'latitude'), 0, 0.05),
      longitude: customer.city.longitude + normal(random(customer.stream, 'longitude'), 0, 0.05),
    },
    evenLogit: EVEN_LOGIT + 0.6,
    salesperson: customer.salesperson,
    logit: logit + hopeless + normal(next, 0, 1),
    drift: normal(next, hopeless === 0 ? 0.05 : -0.15, 0.45),
    revision: 0,
    stage: 0,
    closeDay: day.index + uniformInteger(next, 14, 42),
    nextVisitDay: day.index + uniformInteger(next, 0, 4),
    plannedCloseAt: 0,
  }
  deal.plannedCloseAt = plannedClose(deal, day)
  emitPlace(deal, day, emit)
  truth.deals.set(deal.id, { probability: sigmoid(deal.logit), won: null })
  emitOpportunity(deal, atHour(day, uniform(next, 8.5, 9)), 'open', emit)
  return deal
}

/** Returns the evening of the expected decision day, which is off by some days. */
function plannedClose({ id, closeDay, customer }: Deal, day: Day): number {
  const error = Math.round(normal(random(customer.stream, 'planned-close', id), 0, 5))
  return atHour(day, 18) + Math.max(1, closeDay - day.index + error) * DAY_MS
}

/** Emits the customer's place; one customer in eight has none in the CRM. */
function emitPlace({ id, customer, home }: Deal, day: Day, emit: Emit): void {
  if (bernoulli(random(customer.stream, 'place'), 1 / 8)) return
  emit(customerPlaces, {
    id: `sim-place-${id}`,
    occurredAt: atHour(day, 8),
    placeId: `p-${customer.id}`,
    revision: day.index,
    withdrawn: false,
    customerId: customer.id,
    name: null,
    ...home,
    radiusM: null,
    validFrom: null,
    validUntil: null,
  })
}

/**
 * Draws the kind of the next visit. Inventive salespeople report visits that they did not make; idle ones visit
 * customers who won't buy.
 */
function visitKind({ salesperson, logit }: Deal, next: Random): VisitTruth {
  if (salesperson.character === 'inventive' && bernoulli(next, 0.45)) return 'false'
  if (salesperson.character === 'idle' && bernoulli(next, logit < EVEN_LOGIT ? 0.7 : 0.25)) return 'invalid'
  return bernoulli(next, 0.02) ? 'invalid' : 'real'
}

function visitGap({ salesperson }: Deal, kind: VisitTruth, next: Random): number {
  if (kind === 'false') return uniformInteger(next, 1, 3)
  return salesperson.character === 'idle' ? uniformInteger(next, 3, 6) : uniformInteger(next, 4, 11)
}

function closeDeal(deal: Deal, day: Day, next: Random, truth: SalesTruth, emit: Emit): null {
  const { customer } = deal
  const probability = sigmoid(deal.logit)
  const won = bernoulli(next, probability)
  const closedAt = atHour(day, uniform(next, 10, 18))
  truth.deals.set(deal.id, { probability, won })
  if (won) deal.stage = 3
  emitOpportunity(deal, closedAt, won ? 'won' : 'lost', emit)
  emit(outcomes, {
    id: `sim-conversion-${deal.id}`,
    occurredAt: closedAt + Math.round(uniform(next, 0.1, 20) * HOUR_MS),
    customerId: customer.id,
    task: 'conversion',
    subjectId: deal.id,
    value: won ? 1 : 0,
    // The label is as of the moment before the decision, which closes the opportunity.
    asOf: closedAt - 1,
    ...firstOutcome,
  })
  if (won && !isLoan(deal.product)) {
    emit(purchases, {
      id: `sim-purchase-${deal.id}`,
      occurredAt: closedAt,
      customerId: customer.id,
      product: deal.product,
      category: 'banking',
      quantity: 1,
      amountMinor: deal.valueMinor,
      currency: CURRENCY,
      channel: 'branch',
    })
  }
  return null
}

function emitOpportunity(deal: Deal, occurredAt: number, status: Opportunity['status'], emit: Emit): void {
  const revision = deal.revision++
  emit(opportunities, {
    id: `sim-opportunity-${deal.id}-${revision}`,
    occurredAt,
    opportunityId: deal.id,
    revision,
    customerId: deal.customer.id,
    salespersonId: deal.salesperson.id,
    teamId: deal.salesperson.teamId,
    product: deal.product,
    stage: stages[deal.stage]!,
    status,
    valueMinor: deal.valueMinor,
    currency: CURRENCY,
    plannedCloseAt: deal.plannedCloseAt,
  })
}
