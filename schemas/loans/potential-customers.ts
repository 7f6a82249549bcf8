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
  withDefault,
  type TypeOf,
} from '../avro/schema.ts'
import { topic } from '../topic.ts'
import { byKey } from '../persons.ts'

export const PotentialCustomer = event(
  'PotentialCustomer',
  'A customer whose predicted use of the credit line is above the current threshold, or who is explored at random; published when one enters, leaves or gets another estimate.',
  {
    customerId: string,
    potential: documented(
      'Whether the customer is above the threshold or explored at random; false: no longer.',
      boolean,
    ),
    estimate: documented('Predicted cumulative usage: drawdown ÷ limit.', double),
    threshold: documented('The threshold that the estimate was compared with.', double),
    thresholdVersion: documented('Version of the threshold; 0: the built-in default.', int),
    modelId: documented('The model that made the estimate.', nullable(string)),
    since: documented('Event time since which the customer has been a potential one without interruption.', timestamp),
    reasons: documented(
      'Largest contributions to the estimate, the largest first; of an explored customer, that it is explored comes before them.',
      array(scoreReason),
    ),
    explored: documented(
      'Whether the customer is below the threshold and was selected at random, to learn what becomes of such customers.',
      withDefault(boolean, false),
    ),
    propensity: documented(
      'Probability with which a customer with this estimate is selected: 1 above the threshold; null if unknown.',
      nullable(double),
    ),
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
