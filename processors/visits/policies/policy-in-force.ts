import { policies, type FormerPolicy, type Policy, type PolicyContent } from '../../../schemas/visits/policies.ts'
import { policyHolds, type PolicyHold } from '../../../schemas/visits/policy-holds.ts'
import type { GlobalEntry, Globals } from '../../processor.ts'
import { defaultPolicy, VISIT_POLICY } from '../default-policy.ts'

/** Who decides by the policy in force decides again when one of these changes. */
export const policyEntries: readonly GlobalEntry[] = [
  [policies, VISIT_POLICY],
  [policyHolds, VISIT_POLICY],
]

/** The policy that verdicts follow now: the one that was activated last, or what its hold names. */
export function policyInForce(globals: Globals): FormerPolicy {
  return inForce(globals.get(policies, VISIT_POLICY), globals.get(policyHolds, VISIT_POLICY))
}

export function inForce(
  policy: Policy | undefined,
  hold: Pick<PolicyHold, 'heldVersions' | 'inForce'> | undefined,
): FormerPolicy {
  if (policy === undefined) return builtInPolicy
  if (hold === undefined || policy.forced || !hold.heldVersions.includes(policy.version)) return policy
  return hold.inForce
}

/** Never held: there is nothing before it. */
export const builtInPolicy: FormerPolicy = { version: defaultPolicy.version, ...contentOf(defaultPolicy) }

/** What a policy says, of a record that holds more. */
export function contentOf({ rules, evidence, falseFrom, invalidFrom, sharedDevices }: PolicyContent): PolicyContent {
  return { rules, evidence, falseFrom, invalidFrom, sharedDevices }
}
