import { between, itemsAtMost, notNegative } from '../rules.ts'
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
  record(`${prefix}EvidenceSetting`, 'What one kind of evidence weighs, and when it is found.', {
    kind: documented('As docs/visits.md lists them.', identifier),
    falseWeight: documented(
      'What it adds to the false score, times its own score; 0: nothing, null: the default.',
      nullable(between(0, 1)),
    ),
    invalidWeight: documented('The same for the invalid score.', nullable(between(0, 1))),
    parameters: documented('Other values than the default, by name.', map(double)),
  })

/** Settings of evidence as delivered. */
export const defaultEvidence = { evidence: [], falseFrom: 0.5, invalidFrom: 0.5, sharedDevices: [] } as const

/** Fields of the content of a policy. */
const contentFields = (prefix: '' | 'Former') => ({
  rules: itemsAtMost(100, array(prefix === '' ? PolicyRule : ruleRecord(prefix))),
  evidence: documented(
    'Kinds of evidence that differ from the default; the others are as docs/visits.md says.',
    itemsAtMost(100, array(evidenceRecord(prefix))),
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
})

/** A policy that applies again when a newer one is held. */
export const FormerPolicy = record('FormerPolicy', 'A policy that was in force before.', {
  version: documented('0: the built-in default.', int),
  ...contentFields('Former'),
})
export type FormerPolicy = TypeOf<typeof FormerPolicy>

/** Content of a policy, without its name and history. */
export const PolicyContent = record('PolicyContent', 'What a policy says.', contentFields(''))
export type PolicyContent = TypeOf<typeof PolicyContent>

export const Policy = event('Policy', 'The visit-assessment policy, a versioned table.', {
  name: identifier,
  version: int,
  ...contentFields(''),
  changedBy: string,
  reason: documented('Why it was activated.', withDefault(string, '')),
  forced: documented(
    'It was activated although it would flag more than the limit: the circuit breaker does not hold it.',
    withDefault(boolean, false),
  ),
  former: documented(
    'What was in force before, and is again if this one is held; null: the built-in default.',
    nullable(FormerPolicy),
  ),
})
export type Policy = TypeOf<typeof Policy>

/** Fields of a policy that was never activated. */
export const notActivated = { reason: '', forced: false, former: null } as const satisfies Partial<Policy>

/** Fields of the published record about the activation. */
export const policyFrame = ['reason', 'forced', 'former'] as const

export const policies = globalTopic<Policy>({
  name: 'policies',
  schema: Policy,
  key: 'name',
  keyOf: (policy) => policy.name,
  versionOf: ({ version }) => version,
  producer: 'API',
})
