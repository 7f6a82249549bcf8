import { between, itemsAtMost, notNegative } from '../rules.ts'
import {
  array,
  documented,
  enumeration,
  event,
  identifier,
  int,
  nullable,
  record,
  string,
  type TypeOf,
} from '../avro/schema.ts'
import { globalTopic } from '../topic.ts'

export const PolicyRule = record(
  'PolicyRule',
  'Applies when every condition that is not null holds; the first rule that applies decides.',
  {
    verdict: enumeration('Verdict', ['fine', 'invalid', 'suspected_false']),
    visitCountMin: notNegative(int),
    withinDays: documented(
      'Counts only visits within this many days before the latest one; null: all.',
      nullable(notNegative(int)),
    ),
    probabilityBelow: nullable(between(0, 1)),
    probabilityMovedLessThan: documented(
      'Maximum minus minimum probability over the counted visits.',
      nullable(between(0, 1)),
    ),
  },
)
export type PolicyRule = TypeOf<typeof PolicyRule>

/** For rules that state only some conditions: every visit meets these. */
export const noConditions = {
  visitCountMin: 0,
  withinDays: null,
  probabilityBelow: null,
  probabilityMovedLessThan: null,
} as const satisfies Omit<PolicyRule, 'verdict'>

export const Policy = event('Policy', 'The visit-assessment policy, a versioned table.', {
  name: identifier,
  version: int,
  rules: itemsAtMost(100, array(PolicyRule)),
  changedBy: string,
})
export type Policy = TypeOf<typeof Policy>

export const policies = globalTopic<Policy>({
  name: 'policies',
  schema: Policy,
  key: 'name',
  keyOf: (policy) => policy.name,
  versionOf: ({ version }) => version,
  producer: 'API',
})
