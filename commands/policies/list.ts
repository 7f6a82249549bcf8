import { activePolicyOf } from '../../processors/visits/policies/active-policy.ts'
import { activePolicy } from '../../composition/visits/policies/trial.ts'
import type { DefineCommand } from '../define-command.ts'
import { withPolicies } from './with-policies.ts'

export const defineList: DefineCommand = (program, context) => {
  program
    .command('list')
    .description(
      'list versions, newest first, one JSON object per line: who activated it, why, and whether it is active or held',
    )
    .action(async () => {
      const here = context()
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
    })
}
