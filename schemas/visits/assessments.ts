import {
  array,
  documented,
  double,
  enumeration,
  event,
  int,
  nullable,
  record,
  string,
  type TypeOf,
} from '../avro/schema.ts'
import { topic } from '../topic.ts'
import { verdicts } from './verdicts.ts'
import { byKey } from '../persons.ts'

const Reason = record('Reason', 'A reason, for machines and for people.', { code: string, text: string })

export const Assessment = event(
  'Assessment',
  "The policy's verdict on the visits of an opportunity; published when it changes.",
  {
    opportunityId: string,
    customerId: string,
    salespersonId: nullable(string),
    verdict: documented('fine, invalid or suspected_false.', enumeration('Verdict', verdicts)),
    reasons: array(Reason),
    visitCount: int,
    probability: nullable(double),
    policyVersion: documented('Version of the policy that was applied; 0: the built-in default.', int),
  },
)
export type Assessment = TypeOf<typeof Assessment>

export const assessments = topic<Assessment>({
  name: 'assessments',
  schema: Assessment,
  key: 'customerId',
  persons: byKey,
  keyOf: (assessment) => assessment.customerId,
  retention: { days: 365 },
  role: 'output',
  producer: 'visit-assessment processor',
})
