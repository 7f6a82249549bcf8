import { between, nonNegative } from '../rules.ts'
import { documented, event, identifier, int, string, withDefault, type TypeOf } from '../avro/schema.ts'
import { globalTopic } from '../topic.ts'
import { settingOfTheBank } from '../persons.ts'

export const PolicyLimit = event('PolicyLimit', 'How much a policy may flag before its circuit breaker holds it.', {
  name: documented('Name of the policy.', identifier),
  version: int,
  shareMax: documented(
    'Maximum share of a day’s visits that a policy may flag; beyond it, the policy is held.',
    between(0, 1),
  ),
  allowance: documented(
    'Flags per day that are allowed in addition to the share: among few visits, a few flags are no sign.',
    nonNegative(int),
  ),
  daysChecked: documented(
    'Days of history that a policy is tried on before activation; 0: it is not tried.',
    withDefault(between(0, 90, int), 7),
  ),
  changedBy: string,
})
export type PolicyLimit = TypeOf<typeof PolicyLimit>

export const policyLimits = globalTopic<PolicyLimit>({
  name: 'policy-limits',
  schema: PolicyLimit,
  key: 'name',
  persons: settingOfTheBank,
  keyOf: ({ name }) => name,
  versionOf: ({ version }) => version,
  producer: 'API',
})
