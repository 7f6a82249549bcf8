import type { CallTruth } from './calls/calls.ts'
import { wishProbability, type OrganisationPeople } from './recommendations/organisation-people.ts'
import type { SalesTruth } from './visits/opportunities.ts'
import { NEEDS_LOAN, type CustomerState } from './state.ts'
import type { VisitTruth } from './visits/visits.ts'
import { wishes } from './recommendations/wishes.ts'

/** The ground truth of the world, which no event reveals. */
export interface Truth {
  /** End of the last day covered, ms. */
  readonly at: number
  readonly customers: ReadonlyMap<string, CustomerTruth>
  /** By visit id. */
  readonly visits: ReadonlyMap<string, VisitTruth>
  /** Probability of winning, now or at the close, and the result (`null` while open), by opportunity id. */
  readonly opportunities: ReadonlyMap<string, { readonly probability: number; readonly won: boolean | null }>
  /** Outbound calls, by call id. */
  readonly calls: CallTruth
  /**
   * Probability that each characteristic of the dictionary is accepted if offered now, for organisations, by customer
   * id.
   */
  readonly wishes: ReadonlyMap<string, ReadonlyMap<string, number>>
}

export interface CustomerTruth {
  /** Need for money, about 0 to 1.5, at the end of the last day. */
  readonly need: number
  readonly needsLoan: boolean
  /** Need at the end of each day so far. */
  readonly needs: readonly number[]
}

export function truthOf(
  at: number,
  states: readonly CustomerState[],
  sales: SalesTruth,
  calls: CallTruth,
  organisations: ReadonlyMap<string, OrganisationPeople>,
): Truth {
  const customers = new Map(
    states.map(({ customer, need, needs }) => [customer.id, { need, needsLoan: need >= NEEDS_LOAN, needs }]),
  )
  const chances = new Map(
    Array.from(organisations, ([id, organisation]) => [
      id,
      new Map(Object.keys(wishes).map((wish) => [wish, wishProbability(organisation, wish)])),
    ]),
  )
  return { at, customers, visits: sales.visits, opportunities: sales.deals, calls, wishes: chances }
}
