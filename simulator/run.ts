import { settle } from './customers/accounts.ts'
import { arrivalQueue } from './arrivals.ts'
import { browse, shop } from './customers/browsing.ts'
import { dayOf } from './calendar.ts'
import { telephone, type CallTruth } from './calls/calls.ts'
import { chat } from './calls/chats.ts'
import { creditOfDay, usageOutcome } from './loans/credit.ts'
import { makeCustomers } from './customers/customers.ts'
import type { Deal } from './visits/deal.ts'
import type { Arrival } from './emit.ts'
import { monthlyMovements } from './customers/household.ts'
import { updateStage, makePeople, meetPeople, type OrganisationPeople } from './recommendations/organisation-people.ts'
import { sell, type ReportsBySalesperson, type SalesTruth } from './visits/opportunities.ts'
import { offer } from './recommendations/preferences.ts'
import { random } from './random.ts'
import { register, valueAssets } from './customers/registration.ts'
import { dailySpending, plannedSpending } from './customers/spending.ts'
import { makeStaff } from './visits/staff.ts'
import { makeState, endDay } from './state.ts'
import { truthOf, type Truth } from './truth.ts'

export interface RunOptions {
  readonly seed: string
  readonly customers: number
  readonly salespeople: number
  readonly teams: number
  /** Start of the world, a Shanghai midnight. */
  readonly startAt: number
}

export interface SimulatedDay {
  readonly endAt: number
  /** Events that arrive this day, in order of arrival, including late events of earlier days. */
  readonly arrivals: readonly Arrival[]
  truth(): Truth
}

/**
 * Simulates the world day by day without end. Each customer, day and subject has a separate random stream, so equal
 * options give equal worlds, whatever the order of customers.
 */
export function* run({ seed, startAt, ...sizes }: RunOptions): Generator<SimulatedDay, never> {
  const staff = makeStaff(seed, sizes.salespeople, sizes.teams)
  const states = makeCustomers(seed, sizes.customers, staff, new Date(startAt).getUTCFullYear()).map(makeState)
  const organisations = new Map<string, OrganisationPeople>(
    states.flatMap(({ customer }) => (customer.organisation === null ? [] : [[customer.id, makePeople(customer)]])),
  )
  const { emit, collect } = arrivalQueue(seed, startAt)
  const sales: SalesTruth = { visits: new Map(), deals: new Map() }
  const calls: CallTruth = new Map()
  const reports: ReportsBySalesperson = new Map()
  const deals = new Map<string, Deal>()

  for (let index = 0; ; index++) {
    const day = dayOf(startAt, index)
    for (const state of states) {
      const { id, stream } = state.customer
      const next = (side: string) => random(stream, side, index)
      if (index === 0) register(state, organisations.get(id), day, emit)
      valueAssets(state, day, emit)
      usageOutcome(state, day, emit)
      endDay(state, day, next('night'))
      const spending = next('spending')
      settle(
        state,
        day,
        [
          ...creditOfDay(state, day, next('credit'), emit),
          ...monthlyMovements(state, day, next('household')),
          ...plannedSpending(state, day, spending),
          ...dailySpending(state, day, spending),
        ],
        emit,
      )
      browse(state, day, next('browsing'), emit)
      shop(state, day, next('shopping'), emit)
      offer(state, day, next('offers'), emit)
      chat(state, day, next('chats'), emit)
      telephone(state, day, next('calls'), calls, emit)
      const before = deals.get(id)
      const deal = sell(state, before ?? null, day, next('sales'), staff, reports, sales, emit)
      if (deal === null) deals.delete(id)
      else deals.set(id, deal)
      const organisation = organisations.get(id)
      if (organisation !== undefined) {
        const won = before !== undefined && deal === null && sales.deals.get(before.id)?.won === true
        updateStage(organisation, deal?.stage, won)
        meetPeople(organisation, day, next('people'), emit)
      }
    }
    yield {
      endAt: day.endAt,
      arrivals: collect(day.endAt),
      truth: () => truthOf(day.endAt, states, sales, calls, organisations),
    }
  }
}
