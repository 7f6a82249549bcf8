import type { CallTruth } from './calls/calls.ts'
import { chanceOfWish, type OrganisationPeople } from './recommendations/organisation-people.ts'
import type { SalesTruth } from './visits/opportunities.ts'
import { NEEDS_LOAN, type CustomerState } from './state.ts'
import type { VisitTruth } from './visits/visits.ts'
import { wishes } from './recommendations/wishes.ts'

/** The ground truth of the world; no event reveals it. */
export interface Truth {
  /** The end of the last day that it covers. */
  readonly at: number
  readonly customers: ReadonlyMap<string, CustomerTruth>
  /** By visit id. */
  readonly visits: ReadonlyMap<string, VisitTruth>
  /** By opportunity id: the chance now or at the close, and how it ended (`null`: it is open). */
  readonly opportunities: ReadonlyMap<string, { readonly chance: number; readonly won: boolean | null }>
  /** By call id, outbound only. */
  readonly calls: CallTruth
  /**
   * By customer, organisations only: the chance that each characteristic of the dictionary is accepted if offered
   * now.
   */
  readonly wishes: ReadonlyMap<string, ReadonlyMap<string, number>>
}

export interface CustomerTruth {
  /** Need for money, about 0 to 1.5, at the end of the last day. */
  readonly need: number
  readonly needsLoan: boolean
  /** The need at the end of each day so far. */
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
      new Map(Object.keys(wishes).map((wish) => [wish, chanceOfWish(organisation, wish)])),
    ]),
  )
  return { at, customers, visits: sales.visits, opportunities: sales.deals, calls, wishes: chances }
}
