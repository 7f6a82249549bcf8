import type { CommandContext } from '../../composition/context.ts'
import { rollBackPolicy } from '../../composition/visits/policies/activate-policy.ts'
import { auditFields } from '../audit-fields.ts'
import { withPolicies } from './with-policies.ts'

/** Reactivates the policy that was active before the newest version. */
export async function rollBack(
  here: CommandContext,
  who: { readonly by: string; readonly reason: string },
): Promise<void> {
  const change = auditFields(who)
  await withPolicies(here, async ({ database, hold, versions }) => {
    const expectedVersion = versions[0]?.version ?? 0
    const set = await rollBackPolicy({ database, hold: () => hold }, { ...change, expectedVersion })
    here.print(JSON.stringify({ version: set.version, changedAt: set.changedAt, ...change }))
  })
}
