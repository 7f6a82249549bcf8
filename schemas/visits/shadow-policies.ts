import { itemsAtMost } from '../rules.ts'
import { array, documented, event, identifier, int, record, string, timestamp, type TypeOf } from '../avro/schema.ts'
import { globalTopic } from '../topic.ts'
import { PolicyContent } from './policies.ts'

/** Maximum number of shadow policies. Each one costs one more decision per visit. */
export const SHADOWS_MAX = 3

const ShadowCandidate = record('ShadowCandidate', 'A policy that runs beside the one in force.', {
  id: documented('What people call it.', identifier),
  policy: PolicyContent,
  startedAt: documented('When somebody began to try it.', timestamp),
})
export type ShadowCandidate = TypeOf<typeof ShadowCandidate>

export const ShadowPolicies = event(
  'ShadowPolicies',
  'Policies that are tried beside the one in force: what they would flag is shown, and nothing comes of it.',
  {
    name: documented('The policy that they might replace.', identifier),
    version: int,
    candidates: itemsAtMost(SHADOWS_MAX, array(ShadowCandidate)),
    changedBy: string,
  },
)
export type ShadowPolicies = TypeOf<typeof ShadowPolicies>

export const shadowPolicies = globalTopic<ShadowPolicies>({
  name: 'shadow-policies',
  schema: ShadowPolicies,
  key: 'name',
  keyOf: ({ name }) => name,
  versionOf: ({ version }) => version,
  producer: 'API',
})
