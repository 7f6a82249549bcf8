import { between, itemsAtMost, notNegative } from './rules.ts'
import {
  array,
  bytes,
  documented,
  double,
  enumeration,
  event,
  identifier,
  int,
  map,
  nullable,
  record,
  string,
  type TypeOf,
} from './schema.ts'
import { topic } from './topic.ts'

/** Topics that every task reads whole before its first event; one version of them all holds for a transaction. */

export const Release = event('Release', 'A model version that is in use from now on.', {
  task: identifier,
  modelId: documented('The hash of the artefact.', string),
  algorithm: string,
  featureSet: documented(
    'Name and version of the features that the model was trained on; a scorer with others refuses it.',
    string,
  ),
  artefact: documented('The model as data (JSON, UTF-8): parameters, preprocessing, feature names.', bytes),
  metrics: map(double),
  reason: documented('Why it took the place of the former one.', string),
  replaces: documented('The former model.', nullable(string)),
})
export type Release = TypeOf<typeof Release>

export const releases = topic<Release>({
  name: 'releases',
  schema: Release,
  key: 'task',
  keyOf: (release) => release.task,
  retention: 'compacted',
  role: 'global',
  producer: 'retrainer',
})

export const PolicyRule = record(
  'PolicyRule',
  'Applies when every condition that is not null holds; the first rule that applies decides.',
  {
    verdict: enumeration('Verdict', ['fine', 'invalid', 'suspected_false']),
    visitCountMin: notNegative(int),
    withinDays: documented(
      'Counts only visits within so many days before the latest one; null: all.',
      nullable(notNegative(int)),
    ),
    probabilityBelow: nullable(between(0, 1)),
    probabilityMovedLessThan: documented('Largest minus smallest probability over the counted visits.', nullable(between(0, 1))),
  },
)
export type PolicyRule = TypeOf<typeof PolicyRule>

export const Policy = event('Policy', 'The visit-assessment policy, a versioned table.', {
  name: identifier,
  version: int,
  rules: itemsAtMost(100, array(PolicyRule)),
  changedBy: string,
})
export type Policy = TypeOf<typeof Policy>

export const policies = topic<Policy>({
  name: 'policies',
  schema: Policy,
  key: 'name',
  keyOf: (policy) => policy.name,
  retention: 'compacted',
  role: 'global',
  producer: 'API',
})

export const Threshold = event('Threshold', 'The probability above which a task raises its alert.', {
  task: identifier,
  version: int,
  value: between(0, 1),
  changedBy: string,
})
export type Threshold = TypeOf<typeof Threshold>

export const thresholds = topic<Threshold>({
  name: 'thresholds',
  schema: Threshold,
  key: 'task',
  keyOf: (threshold) => threshold.task,
  retention: 'compacted',
  role: 'global',
  producer: 'API',
})
