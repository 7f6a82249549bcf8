import { potentialCustomers, type PotentialCustomer } from '../../../schemas/loans/potential-customers.ts'
import type { Columns } from '../../sql/write-rows.ts'
import { sinkWriter } from '../writer.ts'

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

/** The last published state of a customer wins; former potential customers are kept as such. */
export const potentialCustomersWriter = sinkWriter({
  topic: potentialCustomers,
  columns,
  rowOf,
  tables: [{ name: 'potential_customers', key: ['customer_id'], keep: 'last' }],
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
