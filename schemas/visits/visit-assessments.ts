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
import { byKey } from '../persons.ts'

export const VisitEvidence = record('VisitEvidence', 'A reason to doubt a visit.', {
  kind: documented('Kind of evidence, as listed in docs/visits.md.', string),
  score: documented('Strength of the evidence, 0 to 1.', double),
  text: documented('One sentence for a controller, with the figures.', string),
  with: documented('Id of the other visit; null if the evidence is about one visit.', nullable(string)),
})
export type VisitEvidence = TypeOf<typeof VisitEvidence>

export const VisitAssessment = event(
  'VisitAssessment',
  "The policy's verdict on one visit, from all evidence so far; published when it changes.",
  {
    visitId: string,
    revision: documented('Revision of the visit record that was assessed.', int),
    withdrawn: documented('Whether the visit record was deleted; no evidence counts against it any more.', boolean),
    customerId: string,
    opportunityId: string,
    salespersonId: string,
    visitedAt: timestamp,
    verdict: enumeration('Verdict', verdicts),
    falseScore: documented(
      'Score that the visit did not happen as reported, 0 to 1: a weighted sum of evidence, or the probability of the released model.',
      double,
    ),
    invalidScore: documented(
      'Score that the visit happened but moved nothing, 0 to 1: a weighted sum of evidence.',
      double,
    ),
    evidence: documented('Evidence, the strongest first.', array(VisitEvidence)),
    policyVersion: documented('Version of the policy that was applied; 0: the built-in default.', int),
    modelId: documented(
      'Id of the model that gave the false score as a probability; null: the weights of the policy.',
      nullable(string),
    ),
    reasons: documented('Reasons of the model, the largest contribution first.', array(scoreReason)),
    visitCount: documented(
      'Number of visits of the opportunity up to this one, when evidence was found; null if unknown.',
      nullable(int),
    ),
    conversionProbability: documented(
      'Conversion probability of the opportunity after the visit, when evidence was found; null if unknown.',
      nullable(double),
    ),
  },
)
export type VisitAssessment = TypeOf<typeof VisitAssessment>

export const visitAssessments = topic<VisitAssessment>({
  name: 'visit-assessments',
  schema: VisitAssessment,
  key: 'customerId',
  persons: byKey,
  keyOf: ({ customerId }) => customerId,
  retention: { days: 365 },
  role: 'output',
  producer: 'visit-verdicts processor',
})
