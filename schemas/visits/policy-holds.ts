import { array, documented, event, identifier, int, nullable, string, type TypeOf } from '../avro/schema.ts'
import { globalTopic } from '../topic.ts'
import { FormerPolicy } from './policies.ts'
import { settingOfTheBank } from '../persons.ts'

export const PolicyHold = event(
  'PolicyHold',
  'The circuit breaker’s hold on a policy that flags more of a day’s visits than its limit allows. Another policy is active instead.',
  {
    name: documented('Name of the policy.', identifier),
    version: documented('Number of holds of this policy so far.', int),
    heldVersion: documented('Version that is held now.', int),
    heldVersions: documented('All held versions, the newest last; at most 50.', array(int)),
    heldModels: documented(
      'Held models, at most 50; the weights of the policy give the scores instead.',
      array(string),
    ),
    modelId: documented('Id of the model that is held now; null if it is the policy itself.', nullable(string)),
    day: documented('Day whose visits led to the hold, in days since 1970 in UTC.', int),
    visits: documented('Number of visits of that day so far.', int),
    flagged: documented('Number of these visits that were flagged.', int),
    allowed: documented('Number of visits that may be flagged.', int),
    inForce: documented('Policy that is active instead.', FormerPolicy),
  },
)
export type PolicyHold = TypeOf<typeof PolicyHold>

export const policyHolds = globalTopic<PolicyHold>({
  name: 'policy-holds',
  schema: PolicyHold,
  key: 'name',
  persons: settingOfTheBank,
  keyOf: ({ name }) => name,
  versionOf: ({ version }) => version,
  producer: 'policy-breaker processor',
})
