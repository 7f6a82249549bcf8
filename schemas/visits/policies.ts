import { between, itemsAtMost, nonNegative } from '../rules.ts'
import {
  array,
  boolean,
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
import { verdicts } from './verdicts.ts'
import { settingOfTheBank } from '../persons.ts'

/**
 * Avro defines a record name only once per schema, so the records of a former policy inside a policy have names of
 * their own.
 */
const ruleRecord = (prefix: '' | 'Former') =>
  record(
    `${prefix}PolicyRule`,
    'Applies when every condition that is not null holds; the first rule that applies decides.',
    {
      verdict: enumeration(`${prefix}Verdict`, verdicts),
      visitCountMin: nonNegative(int),
      withinDays: documented(
        'Counts only visits within this many days before the latest one; null: all.',
        nullable(nonNegative(int)),
      ),
      probabilityBelow: nullable(between(0, 1)),
      probabilityMovedLessThan: documented(
        'Bound on maximum minus minimum probability over the counted visits.',
        nullable(between(0, 1)),
      ),
    },
  )

export const PolicyRule = ruleRecord('')
export type PolicyRule = TypeOf<typeof PolicyRule>

/** Conditions that every visit meets, for rules that state only some. */
export const noConditions = {
  visitCountMin: 0,
  withinDays: null,
  probabilityBelow: null,
  probabilityMovedLessThan: null,
} as const satisfies Omit<PolicyRule, 'verdict'>

const evidenceRecord = (prefix: '' | 'Former') =>
  record(`${prefix}EvidenceSetting`, 'Weights and parameters of one kind of evidence.', {
    kind: documented('Kind of evidence, as listed in docs/visits.md.', identifier),
    falseWeight: documented(
      'Weight in the false score, multiplied by the score of the evidence; 0: ignored, null: the default.',
      nullable(between(0, 1)),
    ),
    invalidWeight: documented('Weight in the invalid score, likewise.', nullable(between(0, 1))),
    parameters: documented('Parameters that differ from the default, by name.', map(double)),
  })

/** Settings of evidence as delivered. */
export const defaultEvidence = { evidence: [], falseFrom: 0.5, invalidFrom: 0.5, sharedDevices: [] } as const

/** Fields of the content of a policy. */
const contentFields = (prefix: '' | 'Former') => ({
  rules: itemsAtMost(100, array(prefix === '' ? PolicyRule : ruleRecord(prefix))),
  evidence: documented(
    'Kinds of evidence that differ from the default; docs/visits.md states the defaults.',
    itemsAtMost(100, array(evidenceRecord(prefix))),
  ),
  falseFrom: documented('False score from which a visit is suspected to be false.', withDefault(between(0, 1), 0.5)),
  invalidFrom: documented('Invalid score from which a visit is invalid.', withDefault(between(0, 1), 0.5)),
  sharedDevices: documented(
    'Devices that several people use, such as a team’s tablet; they are no evidence of one device under two names.',
    itemsAtMost(10_000, array(identifier)),
  ),
})

/** A policy that applies again when a newer one is held. */
export const FormerPolicy = record('FormerPolicy', 'The policy that was active before.', {
  version: documented('Version; 0: the built-in default.', int),
  ...contentFields('Former'),
})
export type FormerPolicy = TypeOf<typeof FormerPolicy>

/** Content of a policy, without its name and history. */
export const PolicyContent = record('PolicyContent', 'The content of a policy.', contentFields(''))
export type PolicyContent = TypeOf<typeof PolicyContent>

export const Policy = event('Policy', 'The visit-assessment policy, a versioned table.', {
  name: identifier,
  version: int,
  ...contentFields(''),
  changedBy: string,
  reason: documented('Why it was activated.', withDefault(string, '')),
  forced: documented(
    'Whether it was activated although it would flag more than the limit; the circuit breaker does not hold it.',
    withDefault(boolean, false),
  ),
  former: documented(
    'The policy that was active before, and is again if this one is held; null: the built-in default.',
    nullable(FormerPolicy),
  ),
})
export type Policy = TypeOf<typeof Policy>

/** Fields of a policy that was never activated. */
export const notActivated = { reason: '', forced: false, former: null } as const satisfies Partial<Policy>

/** Fields of the published record about the activation. */
export const activationFields = ['reason', 'forced', 'former'] as const

export const policies = globalTopic<Policy>({
  name: 'policies',
  schema: Policy,
  key: 'name',
  persons: settingOfTheBank,
  keyOf: (policy) => policy.name,
  versionOf: ({ version }) => version,
  producer: 'API',
})
