import { documented, enumeration, event, identifier, int, nullable, string, type TypeOf } from '../avro/schema.ts'
import { topic } from '../topic.ts'
import { noPersons } from '../persons.ts'

export const PolicyCount = event(
  'PolicyCount',
  'The change of a day’s counts by one decision: visits are counted once, flags by what gave the verdict.',
  {
    name: documented('Name of the policy.', identifier),
    by: documented(
      'What gave the counted verdicts: rules on visit count and probability, or evidence.',
      enumeration('CountedBy', ['rules', 'evidence']),
    ),
    day: documented('Day of the visit, in days since 1970 in UTC.', int),
    policyVersion: documented('Version of the policy that was applied; 0: the built-in default.', int),
    modelId: documented('Id of the model that gave the scores; null: the weights of the policy.', nullable(string)),
    visits: documented('Change of the day’s number of visits: 1, -1 or 0.', int),
    flagged: documented('Change of the day’s number of visits that this policy and model flag: 1, -1 or 0.', int),
  },
)
export type PolicyCount = TypeOf<typeof PolicyCount>

export const policyCounts = topic<PolicyCount>({
  name: 'policy-counts',
  schema: PolicyCount,
  key: 'name',
  persons: noPersons('numbers of visits by day'),
  keyOf: ({ name }) => name,
  retention: { days: 30 },
  role: 'output',
  producer: 'visit-assessment, visit-facts and visit-verdicts processors',
})
