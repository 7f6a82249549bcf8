import { potentialCustomers, type PotentialCustomer } from '../../../schemas/loans/potential-customers.ts'
import type { Columns } from '../../sql/write-rows.ts'
import { sinkWriter } from '../writer.ts'

const columns = {
  customerId: 'text',
  id: 'text',
  potential: 'boolean',
  estimate: 'double precision',
  threshold: 'double precision',
  thresholdVersion: 'integer',
  modelId: 'text',
  since: 'time',
  reasons: 'jsonb',
  occurredAt: 'time',
} as const satisfies Columns<ReturnType<typeof rowOf>>

/** The last published state of a customer wins; former potential customers are kept as such. */
export const potentialCustomersWriter = sinkWriter({
  topic: potentialCustomers,
  columns,
  rowOf,
  tables: [{ name: 'potential_customers', key: ['customerId'], keep: 'last' }],
})

function rowOf(customer: PotentialCustomer) {
  return {
    customerId: customer.customerId,
    id: customer.id,
    potential: customer.potential,
    estimate: customer.estimate,
    threshold: customer.threshold,
    thresholdVersion: customer.thresholdVersion,
    modelId: customer.modelId,
    since: customer.since,
    reasons: customer.reasons,
    occurredAt: customer.occurredAt,
  }
}
