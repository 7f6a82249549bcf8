import {
  array,
  boolean,
  documented,
  double,
  event,
  nullable,
  record,
  string,
  timestamp,
  type TypeOf,
} from '../avro/schema.ts'
import { oneOf } from '../rules.ts'
import { topic } from '../topic.ts'
import { VisitAssessment } from './visit-assessments.ts'
import { byKey } from '../persons.ts'

export const CaseTerms = record(
  'CaseTerms',
  'The rules under which a case is opened; later changes do not affect it.',
  {
    dueDays: double,
    lapseDays: double,
    closeDays: double,
    secondPerson: boolean,
  },
)

/** Why a visit has a case. */
export const caseOrigin = oneOf(['flagged', 'sampled'])

export const CaseFinding = event(
  'CaseFinding',
  'Why a visit has a case; published when it gets one, and whenever the evidence against the visit changes.',
  {
    visitId: string,
    customerId: string,
    origin: documented(
      'flagged: the policy objects to the visit. sampled: drawn at random from visits that it does not object to.',
      caseOrigin,
    ),
    propensity: documented('Probability that a visit like this gets a case.', double),
    assessment: VisitAssessment,
    terms: CaseTerms,
    snoozedUntil: documented('Time until which alerts are snoozed; null if they are not.', nullable(timestamp)),
    snoozes: documented('Ids of the snoozes that hold the alert back.', array(string)),
  },
)
export type CaseFinding = TypeOf<typeof CaseFinding>

export const caseFindings = topic<CaseFinding>({
  name: 'case-findings',
  schema: CaseFinding,
  key: 'customerId',
  persons: byKey,
  keyOf: ({ customerId }) => customerId,
  retention: { days: 3650 },
  role: 'output',
  producer: 'case-findings processor',
})
