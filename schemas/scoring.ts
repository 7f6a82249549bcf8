import {
  array,
  boolean,
  documented,
  double,
  enumeration,
  event,
  float,
  int,
  long,
  nullable,
  record,
  string,
  timestamp,
  withDefault,
  type TypeOf,
} from './schema.ts'
import { topic } from './topic.ts'

export const CustomerFeatures = event('CustomerFeatures', "A customer's features after an event.", {
  customerId: string,
  featureSet: documented('Name and version of the definition that gives the values their names.', string),
  values: documented('NaN where there is nothing to tell yet.', array(float)),
  timeZone: string,
})
export type CustomerFeatures = TypeOf<typeof CustomerFeatures>

export const customerFeatures = topic<CustomerFeatures>({
  name: 'customer-features',
  schema: CustomerFeatures,
  key: 'customerId',
  keyOf: (features) => features.customerId,
  retention: { days: 30 },
  role: 'output',
  producer: 'customer-features processor',
})

export const Score = event('Score', "A model's probability or estimate, with all that it saw.", {
  task: documented('conversion, loan-demand, call-conversion, …', string),
  subjectId: documented('The opportunity or the customer.', string),
  customerId: string,
  opportunityId: nullable(string),
  salespersonId: nullable(string),
  visitCount: documented('Visits of the opportunity so far, for conversion.', nullable(int)),
  probability: documented('null: no model is released for the task.', nullable(double)),
  modelId: nullable(string),
  absent: documented('Why there is no probability.', nullable(string)),
  featureSet: documented('Name and version of the definition that gives the row its names.', string),
  row: documented('What the model saw, NaN where nothing was known: a training row with point-in-time truth.', array(float)),
  text: documented('The text that the model read, where it reads text.', nullable(string)),
  lineTimes: documented(
    'When each line of the text was written; null where its lines have no times of their own.',
    nullable(array(timestamp)),
  ),
  inputTopic: documented(
    'The event that caused the score; null for a sweep after a change of model or policy.',
    nullable(string),
  ),
  inputPartition: nullable(int),
  inputOffset: nullable(long),
})
export type Score = TypeOf<typeof Score>

export const scores = topic<Score>({
  name: 'scores',
  schema: Score,
  key: 'customerId',
  keyOf: (score) => score.customerId,
  retention: { days: 90 },
  role: 'output',
  producer: 'scoring processors',
})

export const Standing = event('Standing', "Where an opportunity stands in its salesperson's ranking.", {
  opportunityId: string,
  customerId: string,
  salespersonId: string,
  teamId: nullable(string),
  open: documented('False withdraws it: closed, deleted or given to another salesperson.', boolean),
  probability: nullable(double),
})
export type Standing = TypeOf<typeof Standing>

export const standings = topic<Standing>({
  name: 'standings',
  schema: Standing,
  key: 'salespersonId',
  keyOf: (standing) => standing.salespersonId,
  retention: { days: 30 },
  role: 'output',
  producer: 'opportunity-standings processor',
})

export const PriorityEntry = record('PriorityEntry', 'One line of a priority list.', {
  opportunityId: string,
  customerId: string,
  salespersonId: string,
  probability: double,
  scoredAt: timestamp,
})
export type PriorityEntry = TypeOf<typeof PriorityEntry>

const scope = enumeration('PriorityScope', ['salesperson', 'team', 'overall'])

export const PriorityShare = event(
  'PriorityShare',
  "One salesperson's best opportunities, bound for the list of a team or of all.",
  {
    scope,
    owner: documented('The team, or `all`.', string),
    salespersonId: string,
    entries: array(PriorityEntry),
    openCount: documented('Open scored opportunities of the salesperson; the entries may be fewer.', withDefault(int, 0)),
  },
)
export type PriorityShare = TypeOf<typeof PriorityShare>

export const priorityShares = topic<PriorityShare>({
  name: 'priority-shares',
  schema: PriorityShare,
  key: 'scope:owner',
  keyOf: (share) => `${share.scope}:${share.owner}`,
  retention: { days: 30 },
  role: 'output',
  producer: 'visit-priority processor',
})

export const Priority = event('Priority', 'A list of whom to visit first, best first.', {
  scope,
  owner: documented('The salesperson, the team, or `all`.', string),
  entries: array(PriorityEntry),
  openCount: documented('Open scored opportunities behind the list, which may be shorter.', int),
})
export type Priority = TypeOf<typeof Priority>

export const priorities = topic<Priority>({
  name: 'priorities',
  schema: Priority,
  key: 'scope:owner',
  keyOf: (priority) => `${priority.scope}:${priority.owner}`,
  retention: 'compacted',
  role: 'output',
  producer: 'visit-priority and priority-merge processors',
})

export const Reason = record('Reason', 'Why, for machines and for people.', { code: string, text: string })

export const Assessment = event(
  'Assessment',
  'What the policy says of the visits of an opportunity; published when it changes.',
  {
    opportunityId: string,
    customerId: string,
    salespersonId: nullable(string),
    verdict: enumeration('Verdict', ['fine', 'invalid', 'suspected_false']),
    reasons: array(Reason),
    visitCount: int,
    probability: nullable(double),
    policyVersion: documented('Of the policy that was applied; 0: the one delivered.', int),
  },
)
export type Assessment = TypeOf<typeof Assessment>

export const assessments = topic<Assessment>({
  name: 'assessments',
  schema: Assessment,
  key: 'customerId',
  keyOf: (assessment) => assessment.customerId,
  retention: { days: 365 },
  role: 'output',
  producer: 'visit-assessment processor',
})

export const scoreReason = record('ScoreReason', 'What a feature contributed to a score.', {
  feature: string,
  value: documented('null where it was not known.', nullable(double)),
  contribution: documented('To the margin: the log-odds of a probability, or the estimate itself.', double),
  words: string,
})

export const Alert = event('Alert', 'Something that a person should act on; raised once and withdrawn when it no longer holds.', {
  kind: documented('potential-loan-customer, suspected-false-visit, invalid-visits, …', string),
  customerId: string,
  subjectId: string,
  raised: documented('False withdraws it.', boolean),
  text: string,
  probability: nullable(double),
  threshold: nullable(double),
  reasons: documented('Why the probability is what it is, the largest contribution first.', array(scoreReason)),
})
export type Alert = TypeOf<typeof Alert>

export const alerts = topic<Alert>({
  name: 'alerts',
  schema: Alert,
  key: 'customerId',
  keyOf: (alert) => alert.customerId,
  retention: { days: 90 },
  role: 'output',
  producer: 'scoring and assessment processors',
})
