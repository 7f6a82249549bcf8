import { scoreReason } from '../customers/alerts.ts'
import {
  array,
  boolean,
  documented,
  double,
  event,
  int,
  nullable,
  string,
  timestamp,
  type TypeOf,
} from '../avro/schema.ts'
import { topic } from '../topic.ts'
import { byKey } from '../persons.ts'

export const PotentialCustomer = event(
  'PotentialCustomer',
  'A customer whose predicted use of the credit line is above the current threshold; published when one enters, leaves or gets another estimate.',
  {
    customerId: string,
    potential: documented('Whether the customer is above the threshold; false: no longer.', boolean),
    estimate: documented('Predicted cumulative usage: drawdown ÷ limit.', double),
    threshold: documented('The threshold that the estimate was compared with.', double),
    thresholdVersion: documented('Version of the threshold; 0: the built-in default.', int),
    modelId: documented('The model that made the estimate.', nullable(string)),
    since: documented(
      'Event time since which the customer has been above the threshold without interruption.',
      timestamp,
    ),
    reasons: documented('Largest contributions to the estimate, the largest first.', array(scoreReason)),
  },
)
export type PotentialCustomer = TypeOf<typeof PotentialCustomer>

export const potentialCustomers = topic<PotentialCustomer>({
  name: 'potential-customers',
  schema: PotentialCustomer,
  key: 'customerId',
  persons: byKey,
  keyOf: (potential) => potential.customerId,
  retention: 'compacted',
  role: 'output',
  producer: 'loan-demand, a scorer of customer-features',
})
