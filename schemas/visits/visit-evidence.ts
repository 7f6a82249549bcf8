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

export const FoundEvidence = event(
  'FoundEvidence',
  'What one comparison says of a visit: evidence of one kind, found or taken back. The latest of a kind and a group counts.',
  {
    visitId: string,
    revision: documented('Of the visit record that was looked at.', int),
    withdrawn: documented('The visit record was deleted; only the group `customer` knows.', boolean),
    customerId: string,
    opportunityId: string,
    salespersonId: string,
    visitedAt: timestamp,
    group: documented('Who looked: `customer`, or the key of the group that the visit was compared with.', string),
    kind: documented('As docs/visits.md lists them; `record`: none, the visit record was corrected.', string),
    score: documented('How much of it there is, 0 to 1; 0: nothing, or not any more.', double),
    text: documented('One sentence for a controller, with the figures.', string),
    with: documented('The other visit, if it takes two.', nullable(string)),
    ruled: documented(
      'The verdict of a rule of the policy over visit count and probability; fine: no rule.',
      enumeration('Verdict', verdicts),
    ),
    visitCount: documented(
      'Visits of the opportunity until this one; null: not known, which only the group `customer` knows.',
      nullable(int),
    ),
    conversionProbability: documented('Of the opportunity after the visit; null: not known.', nullable(double)),
  },
)
export type FoundEvidence = TypeOf<typeof FoundEvidence>

/** Kind of a message that only reports a corrected or withdrawn visit record. */
export const RECORD_ONLY = 'record'

export const visitEvidence = topic<FoundEvidence>({
  name: 'visit-evidence',
  schema: FoundEvidence,
  key: 'customerId',
  keyOf: ({ customerId }) => customerId,
  retention: { days: 30 },
  role: 'output',
  producer: 'visit-facts and visit-comparison processors',
})
