import { array, documented, event, identifier, int, nullable, string, type TypeOf } from '../avro/schema.ts'
import { globalTopic } from '../topic.ts'
import { FormerPolicy } from './policies.ts'

export const PolicyHold = event(
  'PolicyHold',
  'The circuit breaker holds a policy: it flags more of a day’s visits than its limit allows. Another one is in force instead.',
  {
    name: documented('The policy.', identifier),
    version: documented('Counts the holds of this policy.', int),
    heldVersion: documented('The version that is held now.', int),
    heldVersions: documented('All versions that are held, the newest last; at most 50.', array(int)),
    heldModels: documented(
      'Models that are held: the weights of the policy give the scores. At most 50.',
      array(string),
    ),
    modelId: documented('The model that is held now; null: it is the policy itself.', nullable(string)),
    day: documented('The day whose visits showed it: days since 1970 in UTC.', int),
    visits: documented('Visits of that day, so far.', int),
    flagged: documented('How many of them it flagged.', int),
    allowed: documented('How many it may flag.', int),
    inForce: documented('What is in force instead.', FormerPolicy),
  },
)
export type PolicyHold = TypeOf<typeof PolicyHold>

export const policyHolds = globalTopic<PolicyHold>({
  name: 'policy-holds',
  schema: PolicyHold,
  key: 'name',
  keyOf: ({ name }) => name,
  versionOf: ({ version }) => version,
  producer: 'policy-breaker processor',
})
