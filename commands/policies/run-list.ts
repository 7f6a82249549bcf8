import type { CommandContext } from '../../composition/context.ts'
import { activePolicyOf } from '../../processors/visits/policies/active-policy.ts'
import { activePolicy } from '../../composition/visits/policies/trial.ts'
import { withPolicies } from './with-policies.ts'

/** Prints every version of the policy, newest first, one JSON object per line. */
export async function listPolicies(here: CommandContext): Promise<void> {
  await withPolicies(here, async ({ database, versions, hold }) => {
    const current = await activePolicy(database, hold)
    const builtIn = {
      version: activePolicyOf(undefined, undefined).version,
      changedBy: null,
      changedAt: null,
      reason: null,
      forced: false,
    }
    for (const { version, changedBy, changedAt, reason, forced } of [...versions, builtIn]) {
      const held = !forced && hold?.heldVersions.includes(version) === true
      here.print(
        JSON.stringify({
          version,
          inForce: version === current.version,
          held,
          changedBy,
          changedAt,
          reason,
          forced,
        }),
      )
    }
  })
}
