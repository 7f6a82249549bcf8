import { documented, enumeration, event, int, nullable, string, timestamp, type TypeOf } from '../avro/schema.ts'
import { topic } from '../topic.ts'
import { verdicts } from './verdicts.ts'

export const ShadowAssessment = event(
  'ShadowAssessment',
  'What a policy in shadow says of the same visits as the policy in force; published when one of the two changes.',
  {
    candidate: documented('The policy in shadow.', string),
    subjectId: documented('What was assessed: the opportunity, or the visit.', string),
    customerId: string,
    salespersonId: nullable(string),
    visitedAt: timestamp,
    verdict: documented(
      'What it would say; `fine` too when it is not tried any more.',
      enumeration('Verdict', verdicts),
    ),
    inForce: documented('What the policy in force says.', enumeration('VerdictInForce', verdicts)),
    policyVersion: documented('Version of the policy in force; 0: the built-in default.', int),
  },
)
export type ShadowAssessment = TypeOf<typeof ShadowAssessment>

export const shadowAssessments = topic<ShadowAssessment>({
  name: 'shadow-assessments',
  schema: ShadowAssessment,
  key: 'customerId',
  keyOf: ({ customerId }) => customerId,
  retention: { days: 90 },
  role: 'output',
  producer: 'visit-assessment and visit-verdicts processors',
})
