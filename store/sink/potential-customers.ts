import { potentialCustomers, type PotentialCustomer } from '../../schemas/potential-customers.ts'
import { newestOfEach, replaceOn, writeRows, type Columns } from '../write-rows.ts'
import { sinkWriter, valuesOf } from './writer.ts'

const columns = {
  customer_id: 'text',
  id: 'text',
  potential: 'boolean',
  estimate: 'double precision',
  threshold: 'double precision',
  threshold_version: 'integer',
  model_id: 'text',
  since: 'time',
  reasons: 'jsonb',
  occurred_at: 'time',
} as const satisfies Columns<ReturnType<typeof rowOf>>

/** What was published last of a customer holds; who has left stays on record as such. */
export const potentialCustomersWriter = sinkWriter<PotentialCustomer>({
  topic: potentialCustomers,
  async write(transaction, events) {
    const newest = newestOfEach(valuesOf(events).map(rowOf), ({ customer_id }) => customer_id)
    await writeRows(transaction, 'potential_customers', columns, newest, replaceOn(['customer_id'], columns))
  },
})

function rowOf(customer: PotentialCustomer) {
  return {
    customer_id: customer.customerId,
    id: customer.id,
    potential: customer.potential,
    estimate: customer.estimate,
    threshold: customer.threshold,
    threshold_version: customer.thresholdVersion,
    model_id: customer.modelId,
    since: customer.since,
    reasons: customer.reasons,
    occurred_at: customer.occurredAt,
  }
}
