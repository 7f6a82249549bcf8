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
  type TypeOf,
} from '../avro/schema.ts'
import { scoreReason } from '../customers/alerts.ts'
import { topic } from '../topic.ts'
import { verdicts } from './verdicts.ts'

export const VisitEvidence = record('VisitEvidence', 'A reason to doubt a visit.', {
  kind: documented('As docs/visits.md lists them.', string),
  score: documented('How much of it there is, 0 to 1.', double),
  text: documented('One sentence for a controller, with the figures.', string),
  with: documented('The other visit, if it takes two.', nullable(string)),
})
export type VisitEvidence = TypeOf<typeof VisitEvidence>

export const VisitAssessment = event(
  'VisitAssessment',
  "The policy's verdict on one visit, from all evidence so far; published when it changes.",
  {
    visitId: string,
    revision: documented('Of the visit record that was assessed.', int),
    withdrawn: documented('The visit record was deleted: nothing is held against it any more.', boolean),
    customerId: string,
    opportunityId: string,
    salespersonId: string,
    visitedAt: timestamp,
    verdict: enumeration('Verdict', verdicts),
    falseScore: documented(
      'That it did not happen as told, 0 to 1: a weighted sum of evidence, or the probability of the released model.',
      double,
    ),
    invalidScore: documented('That it happened, and moved nothing; in the same way.', double),
    evidence: documented('The strongest first.', array(VisitEvidence)),
    policyVersion: documented('Version of the policy that was applied; 0: the built-in default.', int),
    modelId: documented(
      'The model that gave the false score as a probability; null: the weights of the policy.',
      nullable(string),
    ),
    reasons: documented('Why the model says so, the largest contribution first.', array(scoreReason)),
    visitCount: documented(
      'Visits of the opportunity until this one, as they were when evidence was found; null: not known.',
      nullable(int),
    ),
    conversionProbability: documented('Of the opportunity after the visit; in the same way.', nullable(double)),
  },
)
export type VisitAssessment = TypeOf<typeof VisitAssessment>

export const visitAssessments = topic<VisitAssessment>({
  name: 'visit-assessments',
  schema: VisitAssessment,
  key: 'customerId',
  keyOf: ({ customerId }) => customerId,
  retention: { days: 365 },
  role: 'output',
  producer: 'visit-verdicts processor',
})
