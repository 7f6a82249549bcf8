import { rollBackPolicy } from '../../composition/visits/policies/activate-policy.ts'
import type { DefineCommand } from '../define-command.ts'
import { auditFields, withPolicies } from './with-policies.ts'

export const defineRollback: DefineCommand = (program, context) => {
  program
    .command('rollback')
    .description('reactivate the policy that was active before the newest version')
    .requiredOption('--by <name>', 'name of the person responsible for the change; kept in the audit trail')
    .requiredOption('--reason <text>', 'reason; kept in the audit trail')
    .action(async (who: { readonly by: string; readonly reason: string }) => {
      const here = context()
      const change = auditFields(who)
      await withPolicies(here, async ({ database, hold, versions }) => {
        const expectedVersion = versions[0]?.version ?? 0
        const set = await rollBackPolicy({ database, hold: () => hold }, { ...change, expectedVersion })
        here.print(JSON.stringify({ version: set.version, changedAt: set.changedAt, ...change }))
      })
    })
}
