import { transactions, type Transaction } from '../schemas/customers/banking.ts'
import { interactions, type Interaction } from '../schemas/customers/interactions.ts'
import type { Topic } from '../schemas/topic.ts'
import { reportOnly, visits, type Visit } from '../schemas/visits/visits.ts'
import { uniform, pick, random, uniformInteger, type Random } from '../simulator/random.ts'

/** Generated events, and the counts of results expected from them. */
export interface Tally {
  /** Number of all events. */
  readonly count: number
  /**
   * Number of transactions and interactions by customer. Each yields one features record, and one score per task that
   * scores customers.
   */
  readonly featured: ReadonlyMap<string, number>
  readonly featuredCount: number
  /** Number of visits. Each yields one score of its opportunity. */
  readonly visitCount: number
}

export interface EventSource {
  /** Returns the next events, by topic. */
  next(count: number): ReadonlyMap<Topic, readonly unknown[]>
  tally(): Tally
}

const CUSTOMERS = 400
const VISITS_PER_OPPORTUNITY = 8
const KINDS = ['card', 'transfer', 'cash', 'fee', 'salary'] as const

/**
 * Creates an endless source of events of all three topics, determined by the seed; event time advances by a millisecond
 * per event.
 */
export function createEvents(seed: string, startAt: number): EventSource {
  const next = random('soak', seed)
  const featured = new Map<string, number>()
  const visitsOf = new Map<string, number>()
  let made = 0
  let featuredCount = 0
  let visitCount = 0

  function header(): EventHeader {
    const id = `${seed}/${made}`
    return { id, occurredAt: startAt + made++, source: 'soak' }
  }

  function visit(customerId: string): Visit {
    const before = visitsOf.get(customerId) ?? 0
    visitsOf.set(customerId, before + 1)
    visitCount++
    return visitEvent(next, header(), customerId, before)
  }

  /** Counts a transaction or an interaction. */
  function countFeatured(customerId: string): void {
    featured.set(customerId, (featured.get(customerId) ?? 0) + 1)
    featuredCount++
  }

  return {
    next(count) {
      const events = new Map<Topic, unknown[]>([
        [transactions as Topic, []],
        [interactions as Topic, []],
        [visits as Topic, []],
      ])
      for (let index = 0; index < count; index++) {
        const customerId = `c${uniformInteger(next, 1, CUSTOMERS)}`
        const share = next()
        if (share < 0.05) events.get(visits as Topic)!.push(visit(customerId))
        else {
          countFeatured(customerId)
          if (share < 0.65) events.get(transactions as Topic)!.push(transactionEvent(next, header(), customerId))
          else events.get(interactions as Topic)!.push(interactionEvent(next, header(), customerId))
        }
      }
      return events
    },
    tally: () => ({ count: made, featured, featuredCount, visitCount }),
  }
}

type EventHeader = Pick<Visit, 'id' | 'occurredAt' | 'source'>

/** @param before how many visits the customer has had */
function visitEvent(next: Random, header: EventHeader, customerId: string, before: number): Visit {
  const opportunityId = `${customerId}/${Math.floor(before / VISITS_PER_OPPORTUNITY)}`
  return {
    ...header,
    visitId: `${opportunityId}/${before}`,
    revision: 0,
    withdrawn: false,
    opportunityId,
    customerId,
    salespersonId: `s${before % 7}`,
    text: pick(next, ['想了解贷款利率。', 'Asked for the terms in writing.', '下周再来，老板出差了。']),
    ...reportOnly,
  }
}

function transactionEvent(next: Random, header: EventHeader, customerId: string): Transaction {
  return {
    ...header,
    customerId,
    accountId: `${customerId}-a`,
    amountMinor: uniformInteger(next, -500_000, 400_000),
    balanceMinor: null,
    currency: 'CNY',
    kind: pick(next, KINDS),
    category: null,
    counterparty: `shop-${uniformInteger(next, 1, 50)}`,
    channel: null,
  }
}

function interactionEvent(next: Random, header: EventHeader, customerId: string): Interaction {
  return {
    ...header,
    customerId,
    kind: 'click',
    channel: 'web',
    item: null,
    durationS: uniform(next, 1, 90),
    responseS: null,
  }
}
