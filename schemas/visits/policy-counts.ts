import { documented, enumeration, event, identifier, int, nullable, string, type TypeOf } from '../avro/schema.ts'
import { topic } from '../topic.ts'

export const PolicyCount = event(
  'PolicyCount',
  'What a decision changes in the counts of a day: visits are counted once, flags for who gave the verdict.',
  {
    name: documented('The policy.', identifier),
    by: documented(
      'What is counted: verdicts of the rules over visit count and probability, or of evidence.',
      enumeration('CountedBy', ['rules', 'evidence']),
    ),
    day: documented('Of the visit: days since 1970 in UTC.', int),
    policyVersion: documented('Version of the policy that was applied; 0: the built-in default.', int),
    modelId: documented('The model that gave the scores; null: the weights of the policy.', nullable(string)),
    visits: documented('Visits of the day more (1), fewer (-1) or as before (0).', int),
    flagged: documented('The same for visits that are flagged by this policy and model.', int),
  },
)
export type PolicyCount = TypeOf<typeof PolicyCount>

export const policyCounts = topic<PolicyCount>({
  name: 'policy-counts',
  schema: PolicyCount,
  key: 'name',
  keyOf: ({ name }) => name,
  retention: { days: 30 },
  role: 'output',
  producer: 'visit-assessment, visit-facts and visit-verdicts processors',
})
