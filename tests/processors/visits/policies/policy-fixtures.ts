import { VISIT_POLICY } from '../../../../processors/visits/default-policy.ts'
import {
  defaultEvidence,
  noConditions,
  notActivated,
  type FormerPolicy,
  type Policy,
  type PolicyContent,
} from '../../../../schemas/visits/policies.ts'

/** A policy that flags every visit from the first on. */
export const strict: PolicyContent = {
  ...defaultEvidence,
  rules: [{ ...noConditions, verdict: 'invalid', visitCountMin: 1 }],
}
/** A policy that flags nothing. */
export const lenient: PolicyContent = { ...defaultEvidence, rules: [] }

/** Returns a published policy. */
export function policyOf(
  version: number,
  changes: Partial<Omit<Policy, 'former'>> & { readonly former?: FormerPolicy | null } = {},
): Policy {
  return {
    id: `policy/${version}`,
    occurredAt: 0,
    source: 'test',
    name: VISIT_POLICY,
    version,
    ...lenient,
    changedBy: 'li',
    ...notActivated,
    ...changes,
    former: changes.former === undefined || changes.former === null ? null : contentOf(changes.former),
  }
}

function contentOf({ version, rules, evidence, falseFrom, invalidFrom, sharedDevices }: FormerPolicy): FormerPolicy {
  return { version, rules, evidence, falseFrom, invalidFrom, sharedDevices }
}
