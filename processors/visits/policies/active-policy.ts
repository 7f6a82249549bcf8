import { policies, type FormerPolicy, type Policy, type PolicyContent } from '../../../schemas/visits/policies.ts'
import { policyHolds, type PolicyHold } from '../../../schemas/visits/policy-holds.ts'
import type { GlobalEntry, Globals } from '../../processor.ts'
import { defaultPolicy, VISIT_POLICY } from '../default-policy.ts'

/** Entries that the policy in force depends on, for `reevaluateOn`. */
export const policyEntries: readonly GlobalEntry[] = [
  [policies, VISIT_POLICY],
  [policyHolds, VISIT_POLICY],
]

/** Returns the policy that verdicts follow now: the one activated last or, if that is held, the one its hold names. */
export function activePolicy(globals: Globals): FormerPolicy {
  return activePolicyOf(globals.get(policies, VISIT_POLICY), globals.get(policyHolds, VISIT_POLICY))
}

export function activePolicyOf(
  policy: Policy | undefined,
  hold: Pick<PolicyHold, 'heldVersions' | 'inForce'> | undefined,
): FormerPolicy {
  if (policy === undefined) return builtInPolicy
  if (hold === undefined || policy.forced || !hold.heldVersions.includes(policy.version)) return policy
  return hold.inForce
}

/** The built-in policy is never held: there is no earlier version to fall back to. */
export const builtInPolicy: FormerPolicy = { version: defaultPolicy.version, ...contentOf(defaultPolicy) }

/** Returns the content of a policy without the other fields of its record. */
export function contentOf({ rules, evidence, falseFrom, invalidFrom, sharedDevices }: PolicyContent): PolicyContent {
  return { rules, evidence, falseFrom, invalidFrom, sharedDevices }
}
