import { documented, enumeration, event, int, nullable, string, timestamp, type TypeOf } from '../avro/schema.ts'
import { topic } from '../topic.ts'
import { verdicts } from './verdicts.ts'
import { byKey } from '../persons.ts'

export const ShadowAssessment = event(
  'ShadowAssessment',
  'Verdicts of a shadow policy and of the active policy on the same visits; published when one of them changes.',
  {
    candidate: documented('Id of the shadow policy.', string),
    subjectId: documented('Id of the opportunity or the visit that was assessed.', string),
    customerId: string,
    salespersonId: nullable(string),
    visitedAt: timestamp,
    verdict: documented(
      'Verdict of the shadow policy; also `fine` once it is no longer tried.',
      enumeration('Verdict', verdicts),
    ),
    inForce: documented('Verdict of the active policy.', enumeration('VerdictInForce', verdicts)),
    policyVersion: documented('Version of the active policy; 0: the built-in default.', int),
  },
)
export type ShadowAssessment = TypeOf<typeof ShadowAssessment>

export const shadowAssessments = topic<ShadowAssessment>({
  name: 'shadow-assessments',
  schema: ShadowAssessment,
  key: 'customerId',
  persons: byKey,
  keyOf: ({ customerId }) => customerId,
  retention: { days: 90 },
  role: 'output',
  producer: 'visit-assessment and visit-verdicts processors',
})
