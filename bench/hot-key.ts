import { repeated, type Benchmark } from './benchmark.ts'
import { measureCustomerFeatures } from './customer-features.ts'
import { simulatedTransactions } from './transactions.ts'

const QUICK_EVENTS = 200_000
/** Ten thousand events a second in event time: all of them fall within a minute or two of one hour. */
const EVENTS_PER_SECOND = 10_000
const START_AT = Date.UTC(2026, 0, 1)

export const hotKey: Benchmark = {
  needsBroker: true,
  run(context) {
    const events = context.quick ? QUICK_EVENTS : context.events
    const values = simulatedTransactions(events).map((transaction, index) => ({
      ...transaction,
      customerId: 'c1',
      accountId: 'a1',
      occurredAt: START_AT + Math.floor((index * 1_000) / EVENTS_PER_SECOND),
    }))
    const runs = context.quick ? 1 : context.runs
    return repeated({ ...context, runs }, () => measureCustomerFeatures(context, values))
  },
}
