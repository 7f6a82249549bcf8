import { between, notNegative } from '../rules.ts'
import { documented, event, identifier, int, string, withDefault, type TypeOf } from '../avro/schema.ts'
import { globalTopic } from '../topic.ts'

export const PolicyLimit = event('PolicyLimit', 'How much a policy may flag before its circuit breaker holds it.', {
  name: documented('The policy.', identifier),
  version: int,
  shareMax: documented('A policy that flags more than this share of the visits of a day is held.', between(0, 1)),
  allowance: documented(
    'Flags a day that are allowed beside the share: where few visits are made, a few flags are no sign.',
    notNegative(int),
  ),
  daysChecked: documented(
    'Days of history that a policy is tried on before it is activated; 0: it is not tried.',
    withDefault(between(0, 90, int), 7),
  ),
  changedBy: string,
})
export type PolicyLimit = TypeOf<typeof PolicyLimit>

export const policyLimits = globalTopic<PolicyLimit>({
  name: 'policy-limits',
  schema: PolicyLimit,
  key: 'name',
  keyOf: ({ name }) => name,
  versionOf: ({ version }) => version,
  producer: 'API',
})
