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

export const CaseTerms = record('CaseTerms', 'The rules under which a case is opened; later changes do not touch it.', {
  dueDays: double,
  lapseDays: double,
  closeDays: double,
  secondPerson: boolean,
})

/** Why a visit has a case. */
export const caseOrigin = oneOf(['flagged', 'sampled'])

export const CaseFinding = event(
  'CaseFinding',
  'Why a visit has a case; published when it gets one, and whenever what speaks against the visit changes.',
  {
    visitId: string,
    customerId: string,
    origin: documented(
      'flagged: the policy objects. sampled: drawn by chance from visits that it does not object to.',
      caseOrigin,
    ),
    propensity: documented('How probable it was that a visit like this gets a case.', double),
    assessment: VisitAssessment,
    terms: CaseTerms,
    snoozedUntil: documented('Until then no alert; null: none holds it back.', nullable(timestamp)),
    snoozes: documented('Ids of the snoozes that hold it back.', array(string)),
  },
)
export type CaseFinding = TypeOf<typeof CaseFinding>

export const caseFindings = topic<CaseFinding>({
  name: 'case-findings',
  schema: CaseFinding,
  key: 'customerId',
  keyOf: ({ customerId }) => customerId,
  retention: { days: 3650 },
  role: 'output',
  producer: 'case-findings processor',
})
