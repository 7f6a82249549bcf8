import { itemsAtMost } from '../rules.ts'
import { array, documented, event, identifier, int, record, string, timestamp, type TypeOf } from '../avro/schema.ts'
import { globalTopic } from '../topic.ts'
import { PolicyContent } from './policies.ts'
import { settingOfTheBank } from '../persons.ts'

/** Maximum number of shadow policies. Each one costs one more decision per visit. */
export const SHADOWS_MAX = 3

const ShadowCandidate = record('ShadowCandidate', 'A policy that runs beside the active one.', {
  id: documented('Id of the shadow policy, as people name it.', identifier),
  policy: PolicyContent,
  startedAt: documented('When the trial began.', timestamp),
})
export type ShadowCandidate = TypeOf<typeof ShadowCandidate>

export const ShadowPolicies = event(
  'ShadowPolicies',
  'Policies on trial beside the active one: what they would flag is shown and has no consequences.',
  {
    name: documented('Name of the policy that they might replace.', identifier),
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
  persons: settingOfTheBank,
  keyOf: ({ name }) => name,
  versionOf: ({ version }) => version,
  producer: 'API',
})
