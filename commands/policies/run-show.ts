import type { CommandContext } from '../../composition/context.ts'
import { activePolicy } from '../../composition/visits/policies/trial.ts'
import { contentOf } from '../../processors/visits/policies/active-policy.ts'
import { candidateOf, withPolicies } from './with-policies.ts'

/** Prints a version of the policy as JSON; by default the active one. */
export async function showPolicy(here: CommandContext, version: string | undefined): Promise<void> {
  await withPolicies(here, async (at) => {
    const policy =
      version === undefined ? contentOf(await activePolicy(at.database, at.hold)) : await candidateOf(version, at)
    here.print(JSON.stringify(policy, undefined, 2))
  })
}
