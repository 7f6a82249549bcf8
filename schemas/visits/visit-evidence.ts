import {
  boolean,
  documented,
  double,
  enumeration,
  event,
  int,
  nullable,
  string,
  timestamp,
  type TypeOf,
} from '../avro/schema.ts'
import { topic } from '../topic.ts'
import { verdicts } from './verdicts.ts'
import { byKey } from '../persons.ts'

export const FoundEvidence = event(
  'FoundEvidence',
  'The result of one comparison of a visit: evidence of one kind, found or withdrawn. The latest event per kind and group applies.',
  {
    visitId: string,
    revision: documented('Revision of the visit record that was examined.', int),
    withdrawn: documented('Whether the visit record was deleted; stated only by the group `customer`.', boolean),
    customerId: string,
    opportunityId: string,
    salespersonId: string,
    visitedAt: timestamp,
    group: documented(
      'Source of the evidence: `customer`, or the key of the group that the visit was compared with.',
      string,
    ),
    kind: documented(
      'Kind of evidence, as listed in docs/visits.md; `record`: none, the visit record was corrected.',
      string,
    ),
    score: documented('Strength of the evidence, 0 to 1; 0: none, or none any more.', double),
    text: documented('One sentence for a controller, with the figures.', string),
    with: documented('Id of the other visit; null if the evidence is about one visit.', nullable(string)),
    ruled: documented(
      'Verdict of a rule of the policy on visit count and probability; fine if no rule applies.',
      enumeration('Verdict', verdicts),
    ),
    visitCount: documented(
      'Number of visits of the opportunity up to this one; null if unknown. Stated only by the group `customer`.',
      nullable(int),
    ),
    conversionProbability: documented(
      'Conversion probability of the opportunity after the visit; null if unknown.',
      nullable(double),
    ),
  },
)
export type FoundEvidence = TypeOf<typeof FoundEvidence>

/** Kind of a message that only reports a corrected or withdrawn visit record. */
export const RECORD_ONLY = 'record'

export const visitEvidence = topic<FoundEvidence>({
  name: 'visit-evidence',
  schema: FoundEvidence,
  key: 'customerId',
  persons: byKey,
  keyOf: ({ customerId }) => customerId,
  retention: { days: 30 },
  role: 'output',
  producer: 'visit-facts and visit-comparison processors',
})
