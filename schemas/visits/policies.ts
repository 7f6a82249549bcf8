import { between, itemsAtMost, notNegative } from '../rules.ts'
import {
  array,
  documented,
  enumeration,
  event,
  double,
  identifier,
  int,
  map,
  nullable,
  record,
  string,
  withDefault,
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

const EvidenceSetting = record('EvidenceSetting', 'What one kind of evidence weighs, and when it is found.', {
  kind: documented('As docs/visits.md lists them.', identifier),
  falseWeight: documented(
    'What it adds to the false score, times its own score; 0: nothing, null: the default.',
    nullable(between(0, 1)),
  ),
  invalidWeight: documented('The same for the invalid score.', nullable(between(0, 1))),
  parameters: documented('Other values than the default, by name.', map(double)),
})

/** Every kind of evidence as it is delivered. */
export const defaultEvidence = { evidence: [], falseFrom: 0.5, invalidFrom: 0.5, sharedDevices: [] } as const

export const Policy = event('Policy', 'The visit-assessment policy, a versioned table.', {
  name: identifier,
  version: int,
  rules: itemsAtMost(100, array(PolicyRule)),
  evidence: documented(
    'Kinds of evidence that differ from the default; the others are as docs/visits.md says.',
    itemsAtMost(100, array(EvidenceSetting)),
  ),
  falseFrom: documented(
    'A visit whose false score reaches it is suspected to be false.',
    withDefault(between(0, 1), 0.5),
  ),
  invalidFrom: documented('A visit whose invalid score reaches it is invalid.', withDefault(between(0, 1), 0.5)),
  sharedDevices: documented(
    'Devices that several people use, such as a tablet of a team: no evidence of one device under two names.',
    itemsAtMost(10_000, array(identifier)),
  ),
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
