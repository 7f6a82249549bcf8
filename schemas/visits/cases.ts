import {
  array,
  boolean,
  documented,
  double,
  enumeration,
  event,
  int,
  nullable,
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

const standFields = { status, reviewer: nullable(string), decision, claim }
export const CaseBefore = record('CaseBefore', 'What a change may change: before it.', standFields)
export const CaseAfter = record('CaseAfter', 'The same after it.', standFields)

const Change = record('CaseChange', 'What was done last, by whom, and what it did.', {
  kind: documented(
    'An act of a person, or: opened, evidence, policy (another version, the same result), alerted, snoozed, overdue, withdrawn, reopened, closed, lapsed by the platform.',
    string,
  ),
  actId: documented('The id of the act; null: the platform did it.', nullable(string)),
  by: documented('null: the platform.', nullable(string)),
  note: nullable(string),
  refusal: documented('Why the act was refused: then nothing has changed.', nullable(string)),
  before: documented('null: the case was opened.', nullable(CaseBefore)),
  after: CaseAfter,
})
export type CaseChange = TypeOf<typeof Change>

const DecidedEvidence = record('DecidedEvidence', 'A reason to doubt the visit.', {
  kind: string,
  score: double,
  text: string,
  with: nullable(string),
})
export const DecidedOn = record('DecidedOn', 'What was known of the visit when its case was decided.', {
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
export type DecidedOn = TypeOf<typeof DecidedOn>

export const Case = event(
  'Case',
  'A visit under review, as it stands after a change. Event time is that of the change.',
  {
    visitId: documented('The visit; one case each.', string),
    customerId: string,
    opportunityId: string,
    salespersonId: string,
    visitedAt: timestamp,
    step: documented('Counts everything that happens to it, refusals too.', int),
    revision: documented('Increases with every change but refusals: an act states the one that it was made on.', int),
    status,
    origin: documented(
      'flagged by the policy, or sampled by chance from visits that it does not object to.',
      caseOrigin,
    ),
    propensity: documented('How probable it was that a visit like this gets a case.', double),
    visitRevision: documented('Of the visit record that was assessed.', int),
    verdict: enumeration('Verdict', verdicts),
    falseScore: double,
    invalidScore: double,
    evidence: array(VisitEvidence),
    policyVersion: int,
    modelId: nullable(string),
    reasons: documented('Why the model says so, the largest contribution first.', array(scoreReason)),
    visitCount: documented('As the assessment says.', nullable(int)),
    conversionProbability: documented('As the assessment says.', nullable(double)),
    newEvidence: documented('Since the decision other evidence has come: perhaps it should be reopened.', boolean),
    openedAt: timestamp,
    alert: documented('The kind of the alert that stands; null: none.', nullable(string)),
    alertedAt: documented(
      'Since when people are told of it; null: it waits for room or is snoozed.',
      nullable(timestamp),
    ),
    snoozedUntil: nullable(timestamp),
    dueAt: documented('When a decision is due; null: nobody is told yet.', nullable(timestamp)),
    overdue: boolean,
    lapsesAt: documented('When it lapses, if nobody decides it.', timestamp),
    secondPerson: documented('Two different people must decide alike.', boolean),
    reviewer: nullable(string),
    answer: documented("The salesperson's, as it was recorded last.", nullable(string)),
    answeredBy: nullable(string),
    answeredAt: nullable(timestamp),
    decision: documented('confirmed, harmless or dismissed; while proposed, that of the first person.', decision),
    claim: documented('What was decided on: false or invalid.', claim),
    note: documented('Why it was decided so.', nullable(string)),
    proposedBy: documented('The first of two people.', nullable(string)),
    decidedBy: nullable(string),
    decidedAt: nullable(timestamp),
    decidedOn: documented(
      'What was known then, from which models learn; null: undecided, or decided by an older version.',
      withDefault(nullable(DecidedOn), null),
    ),
    closesAt: documented('When a decided case is closed by itself.', nullable(timestamp)),
    change: Change,
  },
)
export type Case = TypeOf<typeof Case>

export const cases = topic<Case>({
  name: 'cases',
  schema: Case,
  key: 'customerId',
  keyOf: ({ customerId }) => customerId,
  retention: { days: 3650 },
  role: 'output',
  producer: 'visit-cases processor',
})
