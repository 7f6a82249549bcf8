import {
  array,
  boolean,
  documented,
  double,
  enumeration,
  event,
  int,
  nullable,
  personal,
  record,
  string,
  timestamp,
  withDefault,
  type TypeOf,
} from '../avro/schema.ts'
import { scoreReason } from '../customers/alerts.ts'
import { oneOf } from '../rules.ts'
import { topic } from '../topic.ts'
import { claims, decisions } from './case-acts.ts'
import { caseOrigin } from './case-findings.ts'
import { verdicts } from './verdicts.ts'
import { VisitEvidence } from './visit-assessments.ts'
import { byKey } from '../persons.ts'

/** Statuses of a case. Those before `decided` are undecided, and in the open lists. */
export const caseStatuses = [
  'open',
  'assigned',
  'answered',
  'proposed',
  'decided',
  'closed',
  'withdrawn',
  'lapsed',
] as const
export type CaseStatus = (typeof caseStatuses)[number]

export const undecidedStatuses = ['open', 'assigned', 'answered', 'proposed'] as const satisfies readonly CaseStatus[]

const status = oneOf(caseStatuses)
const decision = nullable(oneOf(decisions))
const claim = nullable(oneOf(claims))

const caseStateFields = { status, reviewer: nullable(string), decision, claim }
export const CaseBefore = record('CaseBefore', 'Fields that a change may affect, before the change.', caseStateFields)
export const CaseAfter = record('CaseAfter', 'The same fields after the change.', caseStateFields)

const Change = record('CaseChange', 'The latest change: what was done, by whom, and its effect.', {
  kind: documented(
    'An act of a person, or of the platform: opened, evidence, policy (another version, the same result), alerted, snoozed, overdue, withdrawn, reopened, closed, lapsed.',
    string,
  ),
  actId: documented('Id of the act; null if the platform acted.', nullable(string)),
  by: documented('Person who acted; null: the platform.', nullable(string)),
  note: personal('texts', nullable(string)),
  refusal: documented('Why the act was refused and nothing has changed; null if it was not.', nullable(string)),
  before: documented('Fields before the change; null if the case was opened.', nullable(CaseBefore)),
  after: CaseAfter,
})
export type CaseChange = TypeOf<typeof Change>

const DecidedEvidence = record('DecidedEvidence', 'A reason to doubt the visit.', {
  kind: string,
  score: double,
  text: string,
  with: nullable(string),
})
export const DecisionBasis = record('DecidedOn', 'What was known about the visit when its case was decided.', {
  visitRevision: int,
  verdict: oneOf(verdicts),
  falseScore: double,
  invalidScore: double,
  evidence: array(DecidedEvidence),
  policyVersion: int,
  modelId: nullable(string),
  visitCount: nullable(int),
  conversionProbability: nullable(double),
})
export type DecisionBasis = TypeOf<typeof DecisionBasis>

export const Case = event(
  'Case',
  'A visit under review, as it stands after a change. Event time is that of the change.',
  {
    visitId: documented('Id of the visit; each visit has one case at most.', string),
    customerId: string,
    opportunityId: string,
    salespersonId: string,
    visitedAt: timestamp,
    step: documented('Number of everything that happened to the case, refusals included.', int),
    revision: documented(
      'Increases with every change except refusals; an act states the revision that it was made on.',
      int,
    ),
    status,
    origin: documented(
      'flagged by the policy, or sampled at random from visits that it does not object to.',
      caseOrigin,
    ),
    propensity: documented('Probability that a visit like this gets a case.', double),
    visitRevision: documented('Revision of the visit record that was assessed.', int),
    verdict: enumeration('Verdict', verdicts),
    falseScore: double,
    invalidScore: double,
    evidence: array(VisitEvidence),
    policyVersion: int,
    modelId: nullable(string),
    reasons: documented('Reasons of the model, the largest contribution first.', array(scoreReason)),
    visitCount: documented('As in the assessment.', nullable(int)),
    conversionProbability: documented('As in the assessment.', nullable(double)),
    newEvidence: documented(
      'Whether other evidence has come since the decision, so that the case may need reopening.',
      boolean,
    ),
    openedAt: timestamp,
    alert: documented('Kind of the raised alert; null if there is none.', nullable(string)),
    alertedAt: documented(
      'When the alert was raised; null while it waits for the limits or is snoozed.',
      nullable(timestamp),
    ),
    snoozedUntil: nullable(timestamp),
    dueAt: documented('When a decision is due; null while there was no alert.', nullable(timestamp)),
    overdue: boolean,
    lapsesAt: documented('When the case lapses if it is not decided.', timestamp),
    secondPerson: documented('Whether two different people must decide alike.', boolean),
    reviewer: nullable(string),
    answer: personal('texts', documented('Latest recorded answer of the salesperson.', nullable(string))),
    answeredBy: nullable(string),
    answeredAt: nullable(timestamp),
    decision: documented(
      'confirmed, harmless or dismissed; while proposed, the decision of the first person.',
      decision,
    ),
    claim: documented('Claim that was decided on: false or invalid.', claim),
    note: personal('texts', documented('Reason for the decision.', nullable(string))),
    proposedBy: documented('First of two people who must decide alike.', nullable(string)),
    decidedBy: nullable(string),
    decidedAt: nullable(timestamp),
    decidedOn: documented(
      'What was known at the decision, for training models; null if undecided, or decided by an older version.',
      withDefault(nullable(DecisionBasis), null),
    ),
    closesAt: documented('When a decided case is closed automatically.', nullable(timestamp)),
    change: Change,
  },
)
export type Case = TypeOf<typeof Case>

export const cases = topic<Case>({
  name: 'cases',
  schema: Case,
  key: 'customerId',
  persons: byKey,
  keyOf: ({ customerId }) => customerId,
  retention: { days: 3650 },
  role: 'output',
  producer: 'visit-cases processor',
})
